import { type DataSource } from 'typeorm';
import { type Job, Leadership, type LeadershipOptions, leadershipSchema } from '#leadership';
import { connect } from '#postgres';
import { silentLog } from '#telemetry';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';
import { TcpProxy } from '../../support/tcp-proxy.js';

const noReport = { succeeded: () => undefined, failed: () => undefined };

/**
 * One replica of a service, with a line of its own to the
 * database, which the test can cut.
 */
export interface Replica {
  readonly leadership: Leadership;
  readonly line: TcpProxy;
}

/**
 * A database with nothing but the leaders' tables, and the
 * replicas that a test starts on it.
 */
export interface Harness {
  readonly database: TestDatabase;
  /** Short leases, so that a test need not wait. */
  replica(jobs: readonly Job[], options?: Partial<LeadershipOptions>): Promise<Replica>;
  /** Stops every replica and empties the tables. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const leaseMs = 1_000;

export async function createHarness(): Promise<Harness> {
  const database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  for (const ddl of leadershipSchema.tables) await database.query(ddl);
  const { hostname, port } = new URL(database.ownerUrl);
  const started: (Replica & { readonly dataSource: DataSource })[] = [];
  return {
    database,
    replica: async (jobs, options) => {
      const line = await TcpProxy.to(hostname, Number(port));
      const dataSource = await connect({ url: line.through(database.ownerUrl), poolSize: 4 });
      const leadership = new Leadership({
        sql: dataSource,
        log: silentLog,
        report: noReport,
        leaseMs,
        renewMs: 100,
        ...options,
      });
      for (const job of jobs) leadership.lead(job);
      leadership.start();
      started.push({ leadership, line, dataSource });
      return { leadership, line };
    },
    settle: async () => {
      for (const { leadership, line, dataSource } of started.splice(0)) {
        await leadership.stop(500);
        await line.close();
        await dataSource.destroy();
      }
      await database.query('TRUNCATE leadership, job_run');
    },
    close: () => database.drop(),
  };
}

/** A job that notes who takes a turn, and how many do at once. */
export class NotedWork {
  readonly turns: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;

  /** @param turn what one turn does; nothing if left out */
  by(replica: string, turn: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()): Job {
    return {
      name: 'work',
      everyMs: 20,
      run: async (signal) => {
        this.turns.push(replica);
        this.atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
        await turn(signal).finally(() => (this.atOnce -= 1));
        return { done: { turns: this.turns.length } };
      },
    };
  }

  get last(): string | undefined {
    return this.turns.at(-1);
  }
}

/** Resolves when the signal says so. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
