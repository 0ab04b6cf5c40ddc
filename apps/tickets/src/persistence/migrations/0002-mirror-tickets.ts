import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * The position of the home's latest event for each field of a mirrored ticket
 * (`domain/positions.ts`), compared by bytes. A table beside the ticket's: our own
 * tickets have none of it, and the release before this one does not see it.
 * Written under the ticket's lock.
 */
const mirror = `
CREATE TABLE ticket_mirror (
  ticket_id    text COLLATE "C" PRIMARY KEY REFERENCES ticket (id),
  status_at    text COLLATE "C",
  requester_at text COLLATE "C",
  assignee_at  text COLLATE "C",
  subject_at   text COLLATE "C",
  end_at       text COLLATE "C"
)`;

export class MirrorTickets1770000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(mirror);
  }
}
