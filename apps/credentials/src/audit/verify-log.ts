import { type Sql } from '#postgres';
import { byTicket } from '../persistence/by-ticket.js';
import { chainsAfter, entriesOf, headlessAfter } from '../persistence/chains.js';
import { type ChainFault, verifyChain } from './verify-chain.js';

const page = 200;

interface LogReport {
  readonly chains: number;
  /** By what the heads of the chains say; as many are there, where there is no fault. */
  readonly entries: number;
  /** The first bad entry of each chain that has one. */
  readonly faults: readonly ChainFault[];
}

/**
 * Walks every chain of the access log.
 * @param sql a transaction that sees one moment, while others go on writing
 */
export async function verifyLog(sql: Sql): Promise<LogReport> {
  const faults: ChainFault[] = [];
  let [chains, entries] = [0, 0];
  for await (const { ticketId } of byTicket(page, (after, limit) =>
    headlessAfter(sql, after, limit),
  ))
    faults.push({ ticketId, seq: 1, fault: 'not written by us' });
  for await (const chain of byTicket(page, (after, limit) => chainsAfter(sql, after, limit))) {
    const fault = await verifyChain(chain, entriesOf(sql, chain.ticketId));
    if (fault !== undefined) faults.push(fault);
    [chains, entries] = [chains + 1, entries + chain.head.seq - chain.start.seq];
  }
  return { chains, entries, faults };
}
