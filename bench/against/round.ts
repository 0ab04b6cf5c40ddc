import { drive } from '../measure/drive.js';
import { percentile } from '../measure/statistics.js';
import { type Operation } from './operations.js';
import { type ProcessorTime, perOperation, timeSince } from './processor.js';
import { measureBoth } from './in-turn.js';
import { type Both, type Side, type SideName, sideNames } from './side.js';
import { openTickets } from './tickets.js';

/** What one round says about one operation of one side, with so many in flight. */
export interface Sample {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  /** Of one operation, events that it caused included. */
  readonly processor: ProcessorTime;
}

/** One operation with so many in flight, of both sides. */
export interface Measurement {
  readonly operation: string;
  readonly inFlight: number;
  readonly samples: Both<Sample>;
}

export interface Plan {
  readonly operations: readonly Operation[];
  readonly flights: readonly number[];
  /** Whether tickets have a credential before they are measured. */
  readonly isShared: boolean;
}

/** @param first the side that goes first in each pair */
export async function runRound(
  sides: Both<Side>,
  { operations, flights, isShared }: Plan,
  first: SideName,
): Promise<readonly Measurement[]> {
  const tickets = {
    before: await openTickets(sides.before, flights, isShared),
    now: await openTickets(sides.now, flights, isShared),
  };
  const measurements: Measurement[] = [];
  for (const operation of operations) {
    await Promise.all(
      sideNames.map(async (name) => operation.prepare?.(sides[name], tickets[name])),
    );
    for (const inFlight of flights) {
      const samples = await measureBoth(first, (name) =>
        measure(sides[name], operation, operation.select(tickets[name], inFlight), inFlight),
      );
      measurements.push({ operation: operation.name, inFlight, samples });
    }
  }
  return measurements;
}

async function measure(
  side: Side,
  { run }: Operation,
  targets: readonly string[],
  inFlight: number,
): Promise<Sample> {
  let failed = 0;
  await side.quiet();
  const before = side.processorTime();
  const { durations, perSecond } = await drive(targets, inFlight, (ticketId) =>
    run(side, ticketId).catch(() => {
      failed += 1;
    }),
  );
  await side.quiet();
  const used = timeSince(before, side.processorTime());
  return {
    perSecond,
    p50: percentile(durations, 0.5),
    p99: percentile(durations, 0.99),
    failed,
    processor: perOperation(used, targets.length),
  };
}
