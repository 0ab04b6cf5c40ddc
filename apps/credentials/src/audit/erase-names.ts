import { type Database, type Sql } from '#postgres';
import { byTicket } from '../persistence/by-ticket.js';
import { lockGate } from '../persistence/gates.js';
import {
  entriesNaming,
  eraseInEntries,
  eraseUnderTicket,
  listTicketsNaming,
} from '../persistence/names.js';

/** Rows of the log, or tickets, that are looked for at a time. */
const batch = 1000;

/**
 * Erases the name of a person wherever this database holds it. The id stays: it is what
 * the hashes of the access log cover. A later action under that name stores it again.
 * Each step commits by itself, so that nobody waits for longer than one.
 * @param database as the owner: the service itself may not change the log
 * @returns how many names were erased
 */
export async function eraseNames(database: Database, personId: string): Promise<number> {
  let erased = await eraseInLog(database, personId);
  const tickets = byTicket(batch, (after, limit) =>
    listTicketsNaming(database, personId, after, limit),
  );
  for await (const { ticketId } of tickets)
    erased += await database.transaction((tx) => eraseUnder(tx, ticketId, personId));
  return erased;
}

async function eraseInLog(database: Database, personId: string): Promise<number> {
  let [erased, last] = [0, { ticketId: '', seq: 0 }];
  for (;;) {
    const found = await entriesNaming(database, personId, last, batch);
    erased += await eraseInEntries(database, found);
    if (found.length < batch) return erased;
    last = found.at(-1) ?? last;
  }
}

/** Under the gate's lock, like every other change of these rows. */
async function eraseUnder(tx: Sql, ticketId: string, personId: string): Promise<number> {
  await lockGate(tx, ticketId);
  return eraseUnderTicket(tx, ticketId, personId);
}
