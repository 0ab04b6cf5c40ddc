import { type StackDescription } from '../../tools/stack/stack-file.js';
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
  readonly stack: LaunchedStack;
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
  const { gatewayUrl, databaseUrls } = stack.description;
  const urls = gatewayUrls(stack.description);
  const client = new Client({ name, urls, connections, ...(await signIn(gatewayUrl)) });
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
    stack,
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

/** Several answer on consecutive ports. */
const gatewayUrls = ({ gatewayUrl, pids }: StackDescription): readonly string[] =>
  (pids['gateway'] ?? []).map((_, index) => {
    const url = new URL(gatewayUrl);
    url.port = String(Number(url.port) + index);
    return url.origin;
  });
