import { drive } from '../measure/drive.js';
import { concurrency } from '../plan.js';
import { type Side } from './side.js';

/** Those of one side in one round. */
export interface RoundTickets {
  /** By the number in flight for which they are. */
  readonly own: ReadonlyMap<number, readonly string[]>;
  /** The same in one list. */
  readonly all: readonly string[];
  /** More, that have a credential already and get many. */
  readonly stocked: readonly string[];
}

const stockedCount = 40;
/** Enough for a processor time of seconds, and for a 99th percentile. */
const countFor = (inFlight: number): number => (inFlight === 1 ? 60 : Math.max(480, 2 * inFlight));

/** @param isShared whether a credential is shared under each, not just the stocked */
export async function openTickets(
  { client }: Side,
  flights: readonly number[],
  isShared: boolean,
): Promise<RoundTickets> {
  const open = async (count: number): Promise<readonly string[]> =>
    (await drive(Array.from({ length: count }), concurrency, () => client.open())).results;
  const own = new Map<number, readonly string[]>();
  for (const inFlight of flights) own.set(inFlight, await open(countFor(inFlight)));
  const stocked = await open(stockedCount);
  const all = [...own.values()].flat();
  await drive(isShared ? [...all, ...stocked] : stocked, concurrency, (ticketId) =>
    client.submit(ticketId),
  );
  return { own, all, stocked };
}
