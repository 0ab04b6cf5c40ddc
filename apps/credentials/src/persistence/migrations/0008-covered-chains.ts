import { type QueryRunner } from 'typeorm';
import { ForwardMigration } from '#postgres';

/**
 * How far checkpoints cover each chain, in a table that nobody who appends ever locks;
 * before, it was a column of the head that they do lock.
 *
 * While the release before runs, each release goes by its own record: it covers
 * what has grown beyond that, whatever the other has covered. So a chain may be
 * covered twice at the same place, which is harmless, and never by neither. The
 * column stays for that release.
 */
const statements = [
  `CREATE TABLE access_log_covered (
     ticket_id text PRIMARY KEY,
     seq integer NOT NULL
   )`,
  `INSERT INTO access_log_covered
   SELECT ticket_id, checkpointed_seq
   FROM access_log_head
   WHERE checkpointed_seq > 0`,
];

export class CoveredChains1764000700000 extends ForwardMigration {
  name = 'CoveredChains1764000700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }
}
