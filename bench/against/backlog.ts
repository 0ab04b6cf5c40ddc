import { setTimeout as sleep } from 'node:timers/promises';
import { drive } from '../measure/drive.js';
import { concurrency } from '../plan.js';
import { perOperation, timeSince } from './processor.js';
import { measureBoth } from './in-turn.js';
import { type Measurement, type Sample } from './round.js';
import { type Both, type Side, type SideName } from './side.js';

const lookEveryMs = 20;

/** @returns nothing where `count` is 0 */
export async function drainBoth(
  sides: Both<Side>,
  count: number,
  first: SideName,
): Promise<readonly Measurement[]> {
  if (count === 0) return [];
  const samples = await measureBoth(first, (name) => drain(sides[name], count));
  return [{ operation: 'backlog of ends drained', inFlight: count, samples }];
}

/**
 * Ends so many tickets while `credentials` is stopped (SIGSTOP: nothing of it needs to
 * start again), then lets it go on. What is measured begins there, and ends when no row
 * of any of them is left, by whatever way the ends arrived.
 */
async function drain(side: Side, count: number): Promise<Sample> {
  const { client, rows } = side;
  const opened = await drive(Array.from({ length: count }), concurrency, async () => {
    const ticketId = await client.open();
    await client.submit(ticketId);
    return ticketId;
  });
  await side.quiet();
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of side.processes().pids['credentials'] ?? []) process.kill(pid, name);
  };
  signal('SIGSTOP');
  try {
    await drive(opened.results, concurrency, (ticketId) => client.resolve(ticketId));
    await side.published();
  } catch (error) {
    signal('SIGCONT');
    throw error;
  }
  const before = side.processorTime();
  signal('SIGCONT');
  const start = performance.now();
  while (await rows.hasAny(opened.results)) await sleep(lookEveryMs);
  const took = performance.now() - start;
  await side.quiet();
  return {
    perSecond: (count / took) * 1000,
    p50: took,
    p99: took,
    failed: 0,
    processor: perOperation(timeSince(before, side.processorTime()), count),
  };
}
