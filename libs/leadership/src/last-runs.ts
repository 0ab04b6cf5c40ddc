import { rows, type Sql } from '#postgres';
import { type Done } from './job.js';

export interface LastRun {
  readonly job: string;
  /** The end of the last turn that was finished; null where none ever was. */
  readonly finishedAt: Date | null;
  /** What that turn did. */
  readonly done: Done;
  readonly failedAt: Date | null;
  /** Turns that failed as a whole, ever. */
  readonly failures: number;
}

/** What the jobs of a service did last, over all its replicas. */
export const lastRuns = (sql: Sql): Promise<LastRun[]> =>
  rows<LastRun>(
    sql,
    `SELECT job, finished_at AS "finishedAt", done, failed_at AS "failedAt", failures
     FROM job_run
     ORDER BY job`,
  );
