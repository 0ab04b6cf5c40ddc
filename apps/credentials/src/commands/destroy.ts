import { credentialsDestroyedEvent, type DestructionReason, exchanges } from '#contracts';
import { append } from '#outbox';
import { type Sql } from '#postgres';
import { type AccessEntry } from '../domain/access-entry.js';
import { appendToAccessLog } from '../persistence/access-log.js';
import { deleteCredentials, type DeletionScope } from '../persistence/destruction.js';
import { insertReceipt } from '../persistence/receipts.js';

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
 * Destroys in the caller's transaction, which holds the gate's lock: deletes the rows and
 * writes the log entries, the receipt's facts and the event.
 * @returns the ids of the destroyed credentials; if there are none, nothing is written
 */
export async function destroy(
  tx: Sql,
  { ticketId, credentials, phase, reason, triggerId, actor }: Destruction,
): Promise<string[]> {
  const destroyed = await deleteCredentials(tx, ticketId, credentials);
  if (destroyed.length === 0) return [];
  const credentialIds = destroyed.map(({ id }) => id);
  const entries = credentialIds.map((id) => ({
    ...actor,
    action: 'destroy',
    credentialId: id,
    outcome: 'done' as const,
    reason,
  }));
  const head = await appendToAccessLog(tx, ticketId, entries);
  const receiptId = await insertReceipt(tx, {
    ticketId,
    reason,
    phase,
    triggerId,
    destroyed,
    head,
  });
  const expiresAt = new Date(
    Math.max(...destroyed.map((one) => one.expiresAt.getTime())),
  ).toISOString();
  await append(tx, exchanges.credential, [
    credentialsDestroyedEvent(
      { ticketId, phase, reason, credentialIds, receiptId, expiresAt },
      head.at,
    ),
  ]);
  return credentialIds;
}
