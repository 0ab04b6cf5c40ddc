import { createHash } from 'node:crypto';
import { type TicketHead } from '../domain/access-chain.js';

/** The `typ` of a signed checkpoint. */
export const checkpointType = 'audit-checkpoint+jws';

/**
 * What a checkpoint says: the heads of all chains that grew since the one
 * before it, bound to that one.
 */
export interface CheckpointStatement {
  readonly iss: '/credentials';
  readonly number: number;
  readonly at: string;
  /** How many chains grew. */
  readonly chains: number;
  /** base64url. */
  readonly digest: string;
}

/**
 * SHA-256 over the digest of the checkpoint before (empty for the first) and the heads,
 * by ticket id: each as the id's length in bytes (4 bytes, big endian), the id, the place
 * (4 bytes) and the hash of its last entry (32 bytes).
 * @param heads sorted by the bytes of their ticket ids
 */
export function checkpointDigest(previous: Buffer, heads: readonly TicketHead[]): Buffer {
  const digest = createHash('sha256').update('audit-checkpoint/1').update(previous);
  for (const { ticketId, seq, hash } of heads) {
    const id = Buffer.from(ticketId, 'utf8');
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(id.length, 0);
    numbers.writeUInt32BE(seq, 4);
    digest.update(numbers.subarray(0, 4)).update(id).update(numbers.subarray(4)).update(hash);
  }
  return digest.digest();
}
