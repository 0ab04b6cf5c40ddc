import { createHash } from 'node:crypto';
import { type AccessEntry } from './access-entry.js';

/** The end of a ticket's chain. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * The end of a chain whose lock this transaction has, and when it got
 * it, by the database's clock.
 */
export interface LockedHead extends ChainHead {
  readonly at: Date;
}

/**
 * An entry as it is stored: with its place, its time, and the hash that was
 * computed when it was written.
 */
export interface StoredEntry extends AccessEntry {
  readonly seq: number;
  readonly at: Date;
  readonly hash: Buffer;
}

/**
 * Where a chain begins: at nothing, or at the last entry that was pruned when its
 * time of retention was over.
 */
export interface Chain {
  readonly ticketId: string;
  readonly start: ChainHead;
  readonly head: ChainHead;
}

/** The end of the chain of one of many tickets. */
export interface TicketHead extends ChainHead {
  readonly ticketId: string;
}

/**
 * The hash of an entry: SHA-256 over its predecessor's hash and its own fields, each with
 * its length before it (4 bytes, big endian; all ones for null), so that no two different
 * entries have the same input. A person's name is left out, so that it can be erased.
 */
export function entryHash(
  previous: Buffer,
  ticketId: string,
  seq: number,
  at: Date,
  entry: AccessEntry,
): Buffer {
  const { actorId, actorRole, action, credentialId, outcome, reason, requestId, address } = entry;
  const fields = [
    ticketId,
    String(seq),
    at.toISOString(),
    actorId,
    actorRole,
    action,
    credentialId,
    outcome,
    reason,
    requestId,
    address,
  ];
  const hash = createHash('sha256').update('access-log/1').update(previous);
  for (const field of fields) {
    const bytes = Buffer.from(field ?? '', 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field === null || field === undefined ? 0xffffffff : bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}
