import { type Destruction } from './measure/destroy.js';
import { drive } from './measure/drive.js';
import { median } from './measure/statistics.js';
import { type Batch, type Operation } from './operations.js';
import { concurrency, size, type Size } from './plan.js';
import { type Stage } from './stage.js';
import { type Pair, type Target } from './target.js';

/** What one round says about one operation of one target. */
export interface Sample {
  /** Milliseconds: the median of those done one by one. */
  readonly latency: number;
  readonly perSecond: number;
  /** Where tickets were ended, one by one. */
  readonly destructions: readonly Destruction[];
}

/** @returns a pair of samples for each operation, in their order */
export async function runRound(
  stage: Stage,
  operations: readonly Operation[],
  first: keyof Pair<unknown>,
): Promise<Pair<Sample>[]> {
  const batches = {
    system: await openTickets(stage, size),
    baseline: await openTickets(stage, size),
  };
  const pairs: Pair<Sample>[] = [];
  for (const operation of operations) {
    await operation.prepare?.();
    const take = (target: Target) => measure(stage, operation, target, batches[target.name]);
    if (first === 'system')
      pairs.push({ system: await take(stage.system), baseline: await take(stage.baseline) });
    else pairs.push({ baseline: await take(stage.baseline), system: await take(stage.system) });
  }
  return pairs;
}

/**
 * Both targets' tickets are opened by the system: opening them is not what is measured.
 */
export async function openTickets({ system }: Stage, { alone, together }: Size): Promise<Batch> {
  const { results } = await drive(Array.from({ length: alone + together }), concurrency, () =>
    system.open(),
  );
  return { alone: results.slice(0, alone), together: results.slice(alone) };
}

async function measure(
  stage: Stage,
  { select = each, run }: Operation,
  target: Target,
  batch: Batch,
): Promise<Sample> {
  const { alone, together } = select(batch);
  const work = (ticketId: string) => run(target, ticketId);
  await stage.quiet();
  const { durations, results } = await drive(alone, 1, work);
  await stage.quiet();
  const { perSecond } = await drive(together, concurrency, work);
  return {
    latency: median(durations),
    perSecond,
    destructions: results.filter((result) => result !== undefined),
  };
}

const each = (batch: Batch): Batch => batch;
