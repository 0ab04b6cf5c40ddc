import { type Standing } from '#contracts';
import { type Sql } from '#postgres';
import { mergeAnswer, type AnswerMerge } from '../domain/gate.js';
import { type Gate, lockGate, moveGate } from '../persistence/gates.js';
import { bySystem, destroy } from './destroy.js';

/** What caused the change. */
export interface Cause {
  /** The event's id; null if no event caused it. */
  readonly triggerId: string | null;
  readonly reason: 'ticket-ended' | 'reconciled';
}

export interface Applied {
  /** The gate, locked, after the merge. */
  readonly gate: Gate;
  /** Whether it had no answer before. */
  readonly isFirst: boolean;
  /** What the answer meant for the gate. */
  readonly merge: AnswerMerge;
  /** The ids of the credentials that were destroyed. */
  readonly destroyed: readonly string[];
}

const asked: Cause = { triggerId: null, reason: 'ticket-ended' };

/**
 * Merges an answer of `tickets` into the gate, in the caller's transaction. Merging is
 * *max*, so repeated and reordered answers are harmless. Separate statements at READ
 * COMMITTED, the lock first: in one statement, or under a snapshot, a submit that
 * commits meanwhile would survive.
 * @returns undefined where there is no gate, since nothing was ever
 *   done under the ticket here
 */
export async function applyAnswer(
  tx: Sql,
  standing: Standing,
  cause: Cause = asked,
): Promise<Applied | undefined> {
  const gate = await lockGate(tx, standing.ticketId);
  if (gate === undefined) return undefined;
  const merge = mergeAnswer(gate, standing);
  const isFirst = gate.phase < 0;
  if (merge === 'regressed' || merge === 'unchanged')
    return { gate, isFirst, merge, destroyed: [] };
  const destroyed = merge === 'crossed' ? await destroyAll(tx, standing, cause) : [];
  await moveGate(tx, standing);
  const { phase, version } = standing;
  return { gate: { ...gate, phase, version }, isFirst, merge, destroyed };
}

const destroyAll = (
  tx: Sql,
  { ticketId, phase }: Pick<Standing, 'ticketId' | 'phase'>,
  cause: Cause,
): Promise<string[]> =>
  destroy(tx, { ticketId, credentials: 'all', phase, actor: bySystem, ...cause });
