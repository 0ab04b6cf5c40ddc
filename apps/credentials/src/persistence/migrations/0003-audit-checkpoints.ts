import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * A checkpoint covers the chains that grew since the one before.
 * `checkpointed_seq` has no index on purpose: appending stays a heap-only update
 * of the head, and the checkpoint's walk over all heads is rare. What was pruned
 * leaves the place and hash of its last entry.
 */
const statements = [
  `ALTER TABLE access_log_head
     ADD COLUMN checkpointed_seq integer NOT NULL DEFAULT 0,
     ADD COLUMN pruned_seq integer NOT NULL DEFAULT 0,
     ADD COLUMN pruned_hash bytea NOT NULL DEFAULT ''`,
  `CREATE TABLE audit_checkpoint (
     number integer PRIMARY KEY,
     at timestamptz NOT NULL,
     digest bytea NOT NULL,
     jws text NOT NULL
   )`,
  `CREATE TABLE audit_checkpoint_head (
     number integer NOT NULL REFERENCES audit_checkpoint (number),
     ticket_id text COLLATE "C" NOT NULL,
     seq integer NOT NULL,
     hash bytea NOT NULL,
     PRIMARY KEY (number, ticket_id)
   )`,
];

export class AuditCheckpoints1764000100000 extends ForwardMigration {
  name = 'AuditCheckpoints1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}
