import { type Standing, type TicketEvent } from '#contracts';
import { type Sql } from '#postgres';
import { mergeAnswer, type AnswerMerge, mergeEvent } from '../../domain/merge.js';
import { endGate, type Gate, lockGate, moveGate } from '../../persistence/gates.js';
import { bySystem, destroy } from './destroy.js';

/**
 * Merges an answer of `tickets` into the gate, in the caller's transaction. Merging is *max*, so repeated and reordered answers are
 * harmless. Separate statements at READ COMMITTED, the lock first: in one statement, or under a snapshot, a submit that commits
 * meanwhile would survive.
 * @returns the gate, locked, as it is now, and what the answer meant to it; no gate where the ticket never had a credential
 */
export async function applyAnswer(
  tx: Sql,
  standing: Standing,
  triggerId: string | null,
): Promise<{ gate: Gate; merge: AnswerMerge } | undefined> {
  const gate = await lockGate(tx, standing.ticketId);
  if (gate === undefined) return undefined;
  const merge = mergeAnswer(gate, standing);
  if (merge === 'regressed' || merge === 'unchanged') return { gate, merge };
  if (merge === 'crossed') await destroyAll(tx, standing, triggerId);
  await moveGate(tx, standing);
  return { gate: { ...gate, phase: standing.phase, version: standing.version }, merge };
}

/** @returns `ask` when the event is no reason by itself to do anything but to ask `tickets` */
export async function applyEvent(tx: Sql, { id, data }: TicketEvent): Promise<'done' | 'ask'> {
  const gate = await lockGate(tx, data.ticketId);
  if (gate === undefined) return 'done';
  const merge = mergeEvent(gate, data);
  if (merge === 'ask') return 'ask';
  if (merge === 'end') {
    await destroyAll(tx, data, id);
    await endGate(tx, data);
  }
  return 'done';
}

const destroyAll = (tx: Sql, { ticketId, phase }: Pick<Standing, 'ticketId' | 'phase'>, triggerId: string | null): Promise<string[]> =>
  destroy(tx, { ticketId, credentialId: null, phase, reason: 'ticket-ended', triggerId, actor: bySystem });
