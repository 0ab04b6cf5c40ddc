import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresUrl } from '../tools/stack/postgres/databases.js';
import { superuser } from '../tools/stack/postgres/cluster.js';
import { loadSecrets } from '../tools/stack/secrets.js';
import { type Stack } from '../tools/stack/stack.js';
import { startBaseline } from './baseline/start-baseline.js';
import { EventWatch } from './measure/event-watch.js';
import { RowWatch } from './measure/row-watch.js';
import { StatementLog } from './measure/statement-log.js';
import { signIn } from './people.js';
import { concurrency } from './plan.js';
import { Target } from './target.js';

/** The system, its baseline, and what watches them, all running. */
export interface Stage {
  readonly system: Target;
  readonly baseline: Target;
  readonly rows: RowWatch;
  readonly events: EventWatch;
  readonly statements: StatementLog;
  /** Of the servers, in words. */
  readonly versions: string;
  /** Resolves when none of the system's events is under way any more. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts what the stack, which runs, does not have: the baseline, on the same
 * databases, and the watches.
 */
export async function setStage(stack: Stack): Promise<Stage> {
  const { gatewayUrl, rabbitmqUrl, databaseUrls, keyringDir, logsDir } = stack.description;
  const { tickets: ticketsUrl, credentials: credentialsUrl } = databaseUrls;
  const bare = await startBaseline({ ticketsUrl, credentialsUrl, keyringDir });
  const tokens = await signIn(gatewayUrl);
  const system = new Target({
    name: 'system',
    url: gatewayUrl,
    connections: concurrency,
    ...tokens,
  });
  const baseline = new Target({
    name: 'baseline',
    url: bare.url,
    connections: concurrency,
    customer: {},
    agent: {},
  });
  const [rows, events] = [await RowWatch.open(credentialsUrl), await EventWatch.open(rabbitmqUrl)];
  const outboxes = [await connect(ticketsUrl), await connect(credentialsUrl)] as const;
  const version = await versionOf(outboxes[0]);
  const adminUrl = postgresUrl(
    Number(new URL(ticketsUrl).port),
    superuser,
    loadSecrets(stack.paths).postgres,
    'postgres',
  );
  return {
    versions: `PostgreSQL ${version} · RabbitMQ ${events.version}`,
    system,
    baseline,
    rows,
    events,
    statements: new StatementLog(adminUrl, join(logsDir, 'postgres.log')),
    quiet: async () => {
      while ((await isOwed(outboxes)) || (await events.backlog()) > 0) await sleep(20);
    },
    close: async () => {
      await Promise.all([
        system.close(),
        baseline.close(),
        rows.close(),
        events.close(),
        ...outboxes.map((client) => client.end()),
      ]);
      await bare.stop();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function versionOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  return rows[0]?.server_version ?? '?';
}

async function isOwed(outboxes: readonly pg.Client[]): Promise<boolean> {
  const found = await Promise.all(
    outboxes.map((client) => client.query('SELECT 1 FROM outbox LIMIT 1')),
  );
  return found.some(({ rowCount }) => rowCount !== 0);
}
