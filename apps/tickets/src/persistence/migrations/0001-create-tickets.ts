import { type QueryRunner } from 'typeorm';
import { idempotencySchema } from '#idempotency';
import { outboxSchema } from '#outbox';
import { ForwardMigration } from '#postgres';

/**
 * Ids are compared by their bytes (COLLATE "C"): quicker, and no upgrade of the
 * system's collations can spoil their indexes. Times have milliseconds, which is what
 * the API and the cursors show of them.
 */
const ticket = `
CREATE TABLE ticket (
  id             text COLLATE "C" PRIMARY KEY,
  home           text NOT NULL,
  subject        text NOT NULL,
  description    text,
  status         text NOT NULL
    CHECK (status IN ('open', 'pending', 'on_hold', 'resolved', 'closed')),
  version        integer NOT NULL CHECK (version >= 1),
  phase          integer NOT NULL CHECK (phase >= 0),
  requester_id   text,
  requester_name text,
  assignee_id    text,
  assignee_name  text,
  created_at     timestamptz(3) NOT NULL,
  updated_at     timestamptz(3) NOT NULL,
  CONSTRAINT ticket_phase_is_odd_while_ended
    CHECK ((phase % 2 = 1) = (status IN ('resolved', 'closed')))
)`;

/**
 * The list shows the newest change first, of everything or of one requester,
 * assignee, status or foreign home.
 */
const ticketIndexes = [
  'CREATE INDEX ticket_by_change ON ticket (updated_at DESC, id DESC)',
  'CREATE INDEX ticket_by_requester ON ticket (requester_id, updated_at DESC, id DESC)',
  'CREATE INDEX ticket_by_assignee ON ticket (assignee_id, updated_at DESC, id DESC)',
  'CREATE INDEX ticket_by_status ON ticket (status, updated_at DESC, id DESC)',
  `CREATE INDEX ticket_by_foreign_home ON ticket (home, updated_at DESC, id DESC)
   WHERE home <> '/tickets'`,
];

const reply = `
CREATE TABLE reply (
  ticket_id   text COLLATE "C" NOT NULL REFERENCES ticket (id),
  id          text COLLATE "C" NOT NULL,
  author_id   text NOT NULL,
  author_name text,
  body        text NOT NULL,
  created_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (ticket_id, id)
)`;

export class CreateTickets1760000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    const ours = [ticket, ...ticketIndexes, reply];
    for (const ddl of [...ours, ...outboxSchema.tables, ...idempotencySchema.tables])
      await runner.query(ddl);
  }
}
