import { type Sql } from '#postgres';
import { chainsAfter, entriesOf, headless } from '../persistence/chains.js';
import { type ChainFault, verifyChain } from './verify-chain.js';

const page = 200;

export interface LogReport {
  readonly chains: number;
  /** By what the heads of the chains say; as many are there, where there is no fault. */
  readonly entries: number;
  /** The first bad entry of each chain that has one. */
  readonly faults: readonly ChainFault[];
}

/** Walks every chain of the access log. @param sql a transaction that sees one moment, while others go on writing */
export async function verifyLog(sql: Sql): Promise<LogReport> {
  const faults: ChainFault[] = (await headless(sql)).map((ticketId) => ({ ticketId, seq: 1, fault: 'not written by us' }));
  let [chains, entries, after] = [0, 0, ''];
  for (;;) {
    const found = await chainsAfter(sql, after, page);
    for (const chain of found) {
      const fault = await verifyChain(chain, entriesOf(sql, chain.ticketId));
      if (fault !== undefined) faults.push(fault);
      [chains, entries, after] = [chains + 1, entries + chain.head.seq - chain.start.seq, chain.ticketId];
    }
    if (found.length < page) return { chains, entries, faults };
  }
}
