import { type ReceiptFacts } from '../persistence/receipts.js';

/** The `typ` of a signed receipt. */
export const receiptType = 'destruction-receipt+jws';

const hour = 3_600_000;

/**
 * What a receipt says, in full. `copies` bounds the rest: the rows are gone from the
 * database at `destroyedAt`; what a backup or the write-ahead log still holds cannot be
 * decrypted once the keys of `keyIds` are destroyed, which happens within one epoch.
 * @param keyEpochHours the longest that a key-encryption key lives after the
 *   credential was destroyed
 */
export const receiptStatement = (facts: ReceiptFacts, keyEpochHours: number) => ({
  iss: '/credentials',
  jti: facts.id,
  sub: facts.ticketId,
  destroyedAt: facts.destroyedAt.toISOString(),
  reason: facts.reason,
  /** The event, or the request, that caused it; null for an expiry or the reconciler. */
  trigger: facts.triggerId,
  phase: facts.phase,
  credentials: { count: facts.credentialIds.length, ids: facts.credentialIds },
  keyIds: facts.kekIds,
  /** The ticket's access log up to and with the entries of this destruction. */
  accessLog: { seq: facts.chainSeq, hash: facts.chainHash.toString('base64url') },
  copies: {
    unrecoverableBy: new Date(facts.destroyedAt.getTime() + keyEpochHours * hour).toISOString(),
    because:
      'copies in backups and in the write-ahead log are sealed under the keys named here, ' +
      'which are destroyed by then',
  },
});
export type ReceiptStatement = ReturnType<typeof receiptStatement>;
