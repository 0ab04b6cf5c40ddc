import { type Chain, entryHash, type StoredEntry } from '../domain/access-chain.js';

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
