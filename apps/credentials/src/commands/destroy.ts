import { credentialsDestroyedEvent, type DestructionReason, exchanges } from '#contracts';
import { append, type CausedEvent } from '#outbox';
import { send, type Sql } from '#postgres';
import { type AccessEntry } from '../domain/access-entry.js';
import { type GrowingChain } from '../domain/growing-chain.js';
import { growing, lockAccessLog } from '../persistence/access-log.js';
import {
  deleteCredentials,
  type DeletionScope,
  type DestroyedCredential,
} from '../persistence/destruction.js';
import { type NewReceipt, receiptOf, recording } from '../persistence/receipts.js';

interface Destruction {
  readonly ticketId: string;
  /** All of the ticket's, the expired ones, or these. */
  readonly credentials: DeletionScope;
  readonly phase: number;
  readonly reason: DestructionReason;
  readonly triggerId: string | null;
  /** Who did it; the system for an end or an expiry. */
  readonly actor: Pick<
    AccessEntry,
    'actorId' | 'actorName' | 'actorRole' | 'requestId' | 'address'
  >;
}

export const bySystem: Destruction['actor'] = { actorId: null, actorRole: 'system' };

/**
 * What is written of a destruction: entries are added to the chain, with which the
 * receipt and the event agree.
 */
export function recordDestruction(
  { ticketId, phase, reason, triggerId, actor }: Omit<Destruction, 'credentials'>,
  destroyed: readonly DestroyedCredential[],
  chain: GrowingChain,
): { readonly receipt: NewReceipt; readonly event: CausedEvent['event'] } {
  const credentialIds = destroyed.map(({ id }) => id);
  const entry = { ...actor, action: 'destroy', outcome: 'done' as const, reason };
  const head = chain.add(credentialIds.map((credentialId) => ({ ...entry, credentialId })));
  const receipt = receiptOf({ ticketId, reason, phase, triggerId, destroyed, head });
  const expiresAt = new Date(
    Math.max(...destroyed.map((one) => one.expiresAt.getTime())),
  ).toISOString();
  const facts = { ticketId, phase, reason, credentialIds, receiptId: receipt.id, expiresAt };
  return { receipt, event: credentialsDestroyedEvent(facts, head.at) };
}

/**
 * Destroys in the caller's transaction, which holds the gate's lock: deletes the rows and
 * writes the log entries, the receipt's facts and the event.
 * @returns the ids of the destroyed credentials; if there are none, nothing is written
 */
export async function destroy(tx: Sql, { credentials, ...facts }: Destruction): Promise<string[]> {
  const { ticketId } = facts;
  const destroyed = await deleteCredentials(tx, ticketId, credentials);
  if (destroyed.length === 0) return [];
  const chain = await lockAccessLog(tx, ticketId);
  const { receipt, event } = recordDestruction(facts, destroyed, chain);
  for (const written of [...growing([chain]), recording([receipt])]) await send(tx, written);
  await append(tx, exchanges.credential, [event]);
  return destroyed.map(({ id }) => id);
}
