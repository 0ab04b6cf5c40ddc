import { setTimeout as sleep } from 'node:timers/promises';
import { type CompareOptions } from '../options.js';
import { drainBoth } from './backlog.js';
import { firstIn } from './in-turn.js';
import { type Memory, residentMemory } from './memory.js';
import { type Operation, firstSubmit, operations } from './operations.js';
import { timeSince, sumOf } from './processor.js';
import { type Measurement, type Plan, runRound } from './round.js';
import { type Both, type Side, sideNames } from './side.js';
import { type Summary, summarize } from './summary.js';
import { type ReportProgress } from '../progress.js';

export interface Measured {
  readonly rounds: number;
  readonly summaries: readonly Summary[];
  /** Milliseconds of processor time that each takes per second while nobody calls it. */
  readonly idle: Both<number>;
  /** Of processes that nobody has called yet, and of the same after all rounds. */
  readonly memory: { readonly fresh: Both<Memory>; readonly loaded: Both<Memory> };
}

const idleMs = 3000;

export async function measureRounds(
  sides: Both<Side>,
  { rounds: count, inFlight, only, backlog }: CompareOptions,
  report: ReportProgress,
): Promise<Measured> {
  const isWanted = ({ name }: Operation): boolean =>
    only.length === 0 || only.some((words) => name.includes(words));
  const plan: Plan = {
    operations: operations.filter(isWanted),
    flights: inFlight,
    isShared: !isWanted(firstSubmit),
  };
  const fresh = await residentMemories(sides);
  report('a round to warm up');
  await runRound(sides, { ...plan, flights: [16] }, 'before');
  await Promise.all(sideNames.map((name) => sides[name].quiet()));
  const idle = await measureIdle(sides);
  const rounds: Measurement[][] = [];
  for (let round = 1; round <= count; round += 1) {
    report(`round ${round} of ${count}`);
    const first = firstIn(round);
    rounds.push([
      ...(await runRound(sides, plan, first)),
      ...(await drainBoth(sides, backlog, first)),
    ]);
  }
  const loaded = await residentMemories(sides);
  return { rounds: count, summaries: summarize(rounds), idle, memory: { fresh, loaded } };
}

/** In a moment in which they are idle. */
async function residentMemories({ before, now }: Both<Side>): Promise<Both<Memory>> {
  await sleep(idleMs);
  return { before: residentMemory(before.processes()), now: residentMemory(now.processes()) };
}

async function measureIdle({ before, now }: Both<Side>): Promise<Both<number>> {
  const start = { before: before.processorTime(), now: now.processorTime() };
  await sleep(idleMs);
  const used = (side: Side): number =>
    (sumOf(timeSince(start[side.name], side.processorTime())) / idleMs) * 1000;
  return { before: used(before), now: used(now) };
}
