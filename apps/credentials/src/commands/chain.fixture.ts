import { type ChainFault, verifyChain } from '../audit/verify-chain.js';
import { type PlacedEntry } from '../domain/growing-chain.js';

/** What is wrong with a chain that begins with these entries, and ends with them. */
export function faultOfNew(
  ticketId: string,
  added: readonly PlacedEntry[],
): Promise<ChainFault | undefined> {
  const start = { seq: 0, hash: Buffer.alloc(0) };
  const entries = added.map(({ entry, ...place }) => ({ ...entry, ...place }));
  return verifyChain({ ticketId, start, head: added.at(-1) ?? start }, entries);
}
