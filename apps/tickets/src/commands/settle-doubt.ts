import { type UnitOfWork } from '#postgres';
import { settle } from '../domain/mirror.js';
import { type StoredTicket } from '../domain/ticket.js';
import { readMirror, writeMirror } from '../persistence/ticket-mirrors.js';
import { lockTicket } from '../persistence/tickets.js';
import { recordChange } from './record-change.js';

/**
 * A person has found out that what is known of a ticket is right, whatever its home said
 * that was not understood. It is published as any other change. Something later that is
 * not understood puts the ticket in doubt again.
 * @returns the ticket as it is now; undefined, and changes nothing,
 *   where it was not in doubt
 */
export const settleDoubt = (
  unitOfWork: UnitOfWork,
  ticketId: string,
): Promise<StoredTicket | undefined> =>
  unitOfWork.run(async (tx) => {
    const ticket = await lockTicket(tx, ticketId);
    if (ticket?.doubted !== true) return undefined;
    const known = { ticket, ...(await readMirror(tx, ticket.id)) };
    const change = settle(known);
    await writeMirror(tx, ticket.id, known, change);
    return recordChange(tx, change, undefined);
  });
