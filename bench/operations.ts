import { setTimeout as sleep } from 'node:timers/promises';
import { type Destruction, destroy } from './measure/destroy.js';
import { concurrency, leaseMs } from './plan.js';
import { type Stage } from './stage.js';
import { type Target } from './target.js';

/** One target's tickets of one round. */
export interface Batch {
  readonly alone: readonly string[];
  readonly together: readonly string[];
}

export interface Operation {
  readonly name: string;
  /** Done before it is measured. */
  readonly prepare?: () => Promise<void>;
  /** What it is done to, if not to each ticket once. */
  readonly select?: (batch: Batch) => Batch;
  /** Of tickets that were ended, it tells more. */
  readonly run: (target: Target, ticketId: string) => Promise<Destruction | undefined>;
}

const submit = (target: Target, ticketId: string) => target.submit(ticketId).then(() => undefined);
const reveal = (target: Target, ticketId: string) => target.reveal(ticketId).then(() => undefined);

/**
 * The story of a credential, in the order in which a batch of tickets lives through it.
 */
export const operationsOn = ({ rows, events }: Stage): readonly Operation[] => [
  { name: 'submit', run: submit },
  { name: 'reveal', prepare: () => sleep(leaseMs), run: reveal },
  { name: 'reveal again', select: repeatFew, run: reveal },
  { name: 'destroy', run: (target, ticketId) => destroy(target, ticketId, rows, events) },
];

/** So that the standing of each is remembered. */
function repeatFew({ alone, together }: Batch): Batch {
  const first = (few: number, tickets: readonly string[]) =>
    tickets.map((_, index) => tickets[index % few] ?? '');
  return { alone: first(1, alone), together: first(concurrency, together) };
}
