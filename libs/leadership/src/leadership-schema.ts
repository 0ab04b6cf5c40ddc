import { type LibrarySchema } from '#postgres';

/**
 * The tables of one service's leaders.
 *
 * `leadership`: who does a job, and until when, by the clock of the database. A free
 * lease is one whose time has passed. The row is rewritten about once a second, hence the
 * fillfactor: there is no index but the key, so it stays where it is.
 *
 * `job_run`: the last turn of each job that was finished, and how often one
 * failed, whichever replica it was.
 */
const tables = [
  `CREATE TABLE leadership (
     name   text PRIMARY KEY,
     holder uuid,
     until  timestamptz NOT NULL DEFAULT '-infinity'
   ) WITH (
     fillfactor = 10,
     autovacuum_vacuum_scale_factor = 0,
     autovacuum_vacuum_threshold = 1000
   )`,
  `CREATE TABLE job_run (
     job         text PRIMARY KEY,
     finished_at timestamptz,
     done        jsonb NOT NULL DEFAULT '{}',
     failed_at   timestamptz,
     failures    bigint NOT NULL DEFAULT 0
   )`,
];

export const leadershipSchema: LibrarySchema = {
  tables,
  grants: (role) => [`GRANT SELECT, INSERT, UPDATE ON leadership, job_run TO ${role}`],
};
