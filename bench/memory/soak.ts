import { setTimeout as sleep } from 'node:timers/promises';
import { type Memory, measuredProcesses, residentMemory } from '../against/memory.js';
import { type Side } from '../against/side.js';
import { repeatDuring } from '../measure/repeat-during.js';
import { type CompareOptions } from '../options.js';
import { concurrency } from '../plan.js';
import { table } from '../report/table.js';
import { onOneSide, type Outcome } from './on-one-side.js';

const pollEveryMs = 1000;
/** Milliseconds after the load. */
const restMs = 10_000;

/**
 * Memory under load: tickets live through everything, as fast as they can.
 * @returns the exit code
 */
export const soak = (minutes: number, options: CompareOptions): Promise<number> =>
  onOneSide(`${minutes} minutes of load`, options, (side) => measure(side, minutes));

async function measure(side: Side, minutes: number): Promise<Outcome> {
  const { stack } = side;
  const idle = residentMemory(stack.description);
  const time = sleep(minutes * 60_000);
  const looking = repeatDuring(time, async () => {
    await sleep(pollEveryMs);
    return residentMemory(stack.description);
  });
  const workers = Array.from({ length: concurrency }, () => repeatDuring(time, () => live(side)));
  const lived = (await Promise.all(workers)).flat().length;
  const peak = largest(await looking);
  await side.quiet();
  await sleep(restMs);
  const after = residentMemory(stack.description);
  return { lines: report(lived, idle, peak, after), results: { lived, idle, peak, after } };
}

async function live({ client }: Side): Promise<void> {
  const ticketId = await client.open();
  await client.submit(ticketId);
  await client.reveal(ticketId);
  await client.list(ticketId);
  await client.read(ticketId);
  await client.resolve(ticketId);
}

const largest = (memories: readonly Memory[]): Memory =>
  Object.fromEntries(
    measuredProcesses.map((role) => [role, Math.max(...memories.map((memory) => memory[role]))]),
  ) as Memory;

function report(lived: number, idle: Memory, peak: Memory, after: Memory): readonly string[] {
  const rows = measuredProcesses.map((role) => [
    role,
    ...[idle, peak, after].map((memory) => memory[role].toFixed(0)),
    `${(peak[role] / idle[role]).toFixed(2)} ×`,
    '≤ 1.5 ×',
  ]);
  return [
    ...table([['resident MB', 'idle', 'peak', 'after', 'peak ÷ idle', 'target'], ...rows]),
    '',
    `${lived} tickets lived: opened, assigned, shared under, revealed, listed, read, resolved.`,
  ];
}
