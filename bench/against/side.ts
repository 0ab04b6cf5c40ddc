import { Client } from '../client.js';
import { Deliveries } from '../measure/deliveries.js';
import { RowWatch } from '../measure/row-watch.js';
import { signIn } from '../people.js';
import { type LaunchedStack } from './launched.js';
import { type Processes, type ProcessorTime, processorTime } from './processor.js';

/** What is measured, and what it is compared with. */
export const sideNames = ['before', 'now'] as const;
export type SideName = (typeof sideNames)[number];
export type Both<T> = Readonly<Record<SideName, T>>;

/**
 * Milliseconds between two polls for rows. Polling without a pause would take a processor
 * from what is measured.
 */
const pollEveryMs = 2;

/** One of the two systems, as its public API shows it. */
export interface Side {
  readonly name: SideName;
  readonly client: Client;
  readonly rows: RowWatch;
  /** Resolves when none of its events is under way any more. */
  quiet(): Promise<void>;
  /** Resolves when the broker has all its events. */
  published(): Promise<void>;
  processes(): Processes;
  processorTime(): ProcessorTime;
  close(): Promise<void>;
}

/** @param connections to its gateway: as many as there are requests in flight */
export async function openSide(
  name: SideName,
  stack: LaunchedStack,
  connections: number,
): Promise<Side> {
  const { gatewayUrl: url, databaseUrls } = stack.description;
  const client = new Client({ name, url, connections, ...(await signIn(url)) });
  const rows = await RowWatch.open(databaseUrls.credentials, pollEveryMs);
  const deliveries = await Deliveries.open(stack.description);
  const except = [rows.backend, ...deliveries.backends];
  const processes = (): Processes => ({
    launcher: stack.pid,
    pids: stack.description.pids,
    except,
  });
  return {
    name,
    client,
    rows,
    quiet: () => deliveries.quiet(),
    published: () => deliveries.published(),
    processes,
    processorTime: () => processorTime(processes()),
    close: async () => {
      await Promise.all([client.close(), rows.close(), deliveries.close()]);
    },
  };
}
