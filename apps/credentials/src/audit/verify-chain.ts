import { type AccessEntry, type ChainHead, entryHash } from './access-log.js';

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

/** The first entry that is not as it was written. */
export interface ChainFault {
  readonly ticketId: string;
  readonly seq: number;
  readonly fault: 'missing' | 'changed' | 'not written by us';
}

/**
 * Walks one ticket's entries, in order of `seq`, as `entryHash` chained them. An entry
 * that was edited, deleted, moved or cut off at the end is named; a chain that was
 * rewritten as a whole, head and all, is what checkpoints are for.
 */
export async function verifyChain(
  { ticketId, start, head }: Chain,
  entries: AsyncIterable<StoredEntry> | Iterable<StoredEntry>,
): Promise<ChainFault | undefined> {
  let { seq, hash } = start;
  for await (const entry of entries) {
    if (entry.seq !== seq + 1) return { ticketId, seq: seq + 1, fault: 'missing' };
    if (entry.seq > head.seq) return { ticketId, seq: entry.seq, fault: 'not written by us' };
    hash = entryHash(hash, ticketId, entry.seq, entry.at, entry);
    if (!hash.equals(entry.hash)) return { ticketId, seq: entry.seq, fault: 'changed' };
    seq = entry.seq;
  }
  if (seq < head.seq) return { ticketId, seq: seq + 1, fault: 'missing' };
  return hash.equals(head.hash) ? undefined : { ticketId, seq, fault: 'changed' };
}
