import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, type PipelinedTransactions } from '#postgres';
import { listTicketsOfKey } from '../../persistence/wrapped-keys.js';
import { type VaultKeys } from '../vault.js';
import { readAhead, type Rewrapped, sumOf } from './rewrap-keys.js';
import { allSkipped, rewrapSet, type RewrappedSet } from './rewrap-set.js';
import { rewrapTicket } from './rewrap-ticket.js';

/** What a rotator works with. */
export interface RotatorParts {
  readonly database: Database;
  readonly transactions: PipelinedTransactions;
  readonly keys: VaultKeys;
}

/** Whose gates are held together: for some ten milliseconds. */
const ticketsOfSet = 100;

/**
 * After each set, half as long as it took, so that requests get on that share the
 * processor with it. At most 50 ms: the process may have been stopped in between.
 */
const rest = (tookMs: number): Promise<void> => sleep(Math.min(tookMs / 2, 50));

/**
 * Goes once through all tickets with something wrapped with a key, set by set, and wraps
 * it with the current one. What a set skips is taken alone after the last: to wait for
 * the one that is held delays no other.
 */
export async function rewrapTickets(
  parts: RotatorParts,
  kekId: string,
  stopping: AbortSignal,
): Promise<Rewrapped> {
  const done: Rewrapped[] = [];
  const skipped: string[] = [];
  for await (const set of setsOf(parts, kekId, stopping)) {
    done.push(set);
    skipped.push(...set.skipped);
  }
  for (const ticketId of skipped) {
    if (stopping.aborted) break;
    done.push(await rewrapTicket(parts.database, parts.keys, ticketId, kekId));
  }
  return sumOf(done);
}

/** Each is wrapped anew when it is asked for. */
async function* setsOf(
  { database, transactions, keys }: RotatorParts,
  kekId: string,
  stopping: AbortSignal,
): AsyncGenerator<RewrappedSet> {
  let tickets: readonly string[] = [];
  do {
    const begun = performance.now();
    tickets = await listTicketsOfKey(database, kekId, tickets.at(-1) ?? '', ticketsOfSet);
    if (tickets.length === 0) return;
    const pair = await readAhead(database, keys, kekId);
    yield pair === undefined ? allSkipped(tickets) : await rewrapSet(transactions, tickets, pair);
    await rest(performance.now() - begun);
  } while (tickets.length === ticketsOfSet && !stopping.aborted);
}
