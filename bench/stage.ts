import { join } from 'node:path';
import { postgresUrl } from '../tools/stack/postgres/databases.js';
import { superuser } from '../tools/stack/postgres/cluster.js';
import { loadSecrets } from '../tools/stack/secrets.js';
import { type Stack } from '../tools/stack/stack.js';
import { startBaseline } from './baseline/start-baseline.js';
import { Client } from './client.js';
import { Deliveries } from './measure/deliveries.js';
import { EventWatch } from './measure/event-watch.js';
import { RowWatch } from './measure/row-watch.js';
import { StatementLog } from './measure/statement-log.js';
import { signIn } from './people.js';
import { concurrency } from './plan.js';
import { type Target } from './target.js';

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
  const system = new Client({
    name: 'system',
    urls: [gatewayUrl],
    connections: concurrency,
    ...tokens,
  });
  const baseline = new Client({
    name: 'baseline',
    urls: [bare.url],
    connections: concurrency,
    customer: {},
    agent: {},
  });
  const [rows, events] = [await RowWatch.open(credentialsUrl), await EventWatch.open(rabbitmqUrl)];
  const deliveries = await Deliveries.open(stack.description);
  const adminUrl = postgresUrl(
    Number(new URL(ticketsUrl).port),
    superuser,
    loadSecrets(stack.paths).postgres,
    'postgres',
  );
  return {
    versions: `PostgreSQL ${deliveries.postgresVersion} · RabbitMQ ${events.version}`,
    system,
    baseline,
    rows,
    events,
    statements: new StatementLog(adminUrl, join(logsDir, 'postgres.log')),
    quiet: () => deliveries.quiet(),
    close: async () => {
      await Promise.all([
        system.close(),
        baseline.close(),
        rows.close(),
        events.close(),
        deliveries.close(),
      ]);
      await bare.stop();
    },
  };
}
