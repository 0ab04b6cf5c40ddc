import { drive } from './measure/drive.js';
import { type Statements } from './measure/statement-log.js';
import { type Operation, operationsOn } from './operations.js';
import { counted, rounds } from './plan.js';
import { openTickets, runRound, type Sample } from './round.js';
import { type Stage } from './stage.js';
import { type Pair, type Target } from './target.js';
import { type ReportProgress } from './progress.js';

export interface Measured {
  readonly operation: string;
  /** One pair of each round. */
  readonly samples: readonly Pair<Sample>[];
  readonly statements: Pair<Statements>;
}

export async function measureAll(
  stage: Stage,
  report: ReportProgress,
): Promise<readonly Measured[]> {
  const operations = operationsOn(stage);
  report('a round to warm up');
  await runRound(stage, operations, 'system');
  report('statements');
  const counts = {
    system: await countAll(stage, operations, stage.system),
    baseline: await countAll(stage, operations, stage.baseline),
  };
  const results: Pair<Sample>[][] = [];
  for (let round = 1; round <= rounds; round += 1) {
    report(`round ${round} of ${rounds}`);
    results.push(await runRound(stage, operations, round % 2 === 0 ? 'system' : 'baseline'));
  }
  return operations.map(({ name }, index) => ({
    operation: name,
    samples: results.map((round) => at(round, index)),
    statements: { system: at(counts.system, index), baseline: at(counts.baseline, index) },
  }));
}

/** Lets a few tickets live through everything, one after the other. */
async function countAll(
  stage: Stage,
  operations: readonly Operation[],
  target: Target,
): Promise<Statements[]> {
  const { alone } = await openTickets(stage, { alone: counted, together: 0 });
  const counts: Statements[] = [];
  for (const { prepare, run } of operations) {
    await prepare?.();
    await stage.quiet();
    const total = await stage.statements.count(() =>
      drive(alone, 1, (ticketId) => run(target, ticketId)),
    );
    const each = (sum: number) => Math.round((sum / counted) * 10) / 10;
    counts.push({
      request: each(total.request),
      transactions: each(total.transactions),
      relay: each(total.relay),
    });
  }
  return counts;
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error('every operation is measured in every round');
  return item;
}
