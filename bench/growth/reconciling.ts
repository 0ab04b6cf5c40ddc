import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Side } from '../against/side.js';

const pollEveryMs = 5;
/** Seconds, longer than a leader takes to notice. */
const takenFor = 3;

interface Pass {
  readonly seconds: number;
  readonly credentials: number;
}

/** One pass of the reconciler over all live credentials. @returns lines for the report */
export async function measureReconciling({ stack }: Side): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: stack.description.databaseUrls.credentials });
  await client.connect();
  try {
    const { seconds, credentials } = await passOf(client);
    return [`Reconciling ${credentials} live credentials: ${seconds.toFixed(1)} s (≤ 10 s).`];
  } finally {
    await client.end();
  }
}

/**
 * Takes the job away for a moment, as another replica would: whoever gets it back begins
 * a pass at once. Times are of the database's clock.
 */
async function passOf(client: pg.Client): Promise<Pass> {
  const { rows: taken } = await client.query<{ holder: string }>(
    `UPDATE leadership
     SET holder = gen_random_uuid(), until = clock_timestamp() + make_interval(secs => $1)
     WHERE name = 'reconcile'
     RETURNING holder`,
    [takenFor],
  );
  const holder = taken[0]?.holder;
  const begun = await firstRow<{ at: string }>(
    client,
    `SELECT clock_timestamp()::text AS at
     FROM leadership
     WHERE name = 'reconcile' AND holder <> $1`,
    [holder],
  );
  return firstRow<Pass>(
    client,
    `SELECT extract(epoch FROM finished_at - $1::timestamptz)::float8 AS seconds,
       (done ->> 'credentials')::int AS credentials
     FROM job_run
     WHERE job = 'reconcile' AND finished_at > $1::timestamptz`,
    [begun.at],
  );
}

/** Asks again and again until there is one. */
async function firstRow<Row extends pg.QueryResultRow>(
  client: pg.Client,
  statement: string,
  parameters: readonly unknown[],
): Promise<Row> {
  for (;;) {
    const { rows } = await client.query<Row>(statement, [...parameters]);
    if (rows[0] !== undefined) return rows[0];
    await sleep(pollEveryMs);
  }
}
