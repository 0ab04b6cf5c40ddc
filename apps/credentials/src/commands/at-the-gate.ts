import { type Sql } from '#postgres';
import { type Gate, shareLockGate } from '../persistence/gates.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { applyAnswer } from './apply-standing.js';

/**
 * The answer of `tickets` does not permit the work, or no longer: it must be asked again.
 */
export class AskAgain extends Error {}

/**
 * The ticket has ended since the gate was answered last, and perhaps was reopened: what
 * is stored has to be destroyed first.
 */
export class GateCrossed extends AskAgain {}

/** What permits an attempt. */
export interface Permission {
  readonly answer: LeasedStanding;
  /** Whether the gate was there before `tickets` was asked for it. */
  readonly isGateOlder: boolean;
}

/** How work enters a gate. @throws AskAgain unless the answer and the gate agree */
export type Entry = (sql: Sql, permission: Permission) => Promise<Gate>;

/**
 * Shares the gate until the transaction ends: until then this
 * service cannot apply an end.
 */
export const shareGate: Entry = async (tx, { answer }) =>
  requireSame(await shareLockGate(tx, answer.ticketId), answer);

/**
 * Locks the gate until the transaction ends, for work that numbers or destroys; and
 * merges the answer into it. The first answer that a gate gets must be younger than the
 * gate: whoever finds its phase there later relies on that.
 */
export const lockAndMergeGate: Entry = async (tx, { answer, isGateOlder }) => {
  const applied = await applyAnswer(tx, answer);
  if (applied === undefined || applied.merge === 'regressed') throw new AskAgain();
  if (applied.isFirst && !isGateOlder) throw new AskAgain();
  return applied.gate;
};

/**
 * Where there is no gate nothing can be compared: an event would have left no trace.
 * @throws AskAgain
 */
export function requireSame<Known extends Pick<Gate, 'phase' | 'version'>>(
  gate: Known | undefined,
  { phase, version }: LeasedStanding,
): Known {
  if (gate === undefined || gate.phase !== phase || gate.version > version) throw new AskAgain();
  return gate;
}
