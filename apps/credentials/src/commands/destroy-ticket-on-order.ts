import { type UnitOfWork } from '#postgres';
import { settleDoubt } from '../persistence/doubts.js';
import { destroyOnOrder, type Order } from './destroy-on-order.js';

/**
 * Destroys all credentials of a ticket: the last resort when its standing stays in doubt.
 * Clears the ticket's doubt too, since nothing is left to protect.
 * @returns the ids of the destroyed credentials; undefined if the ticket never had one
 * @throws if another transaction holds the gate for more than two seconds (55P03)
 */
export const destroyTicket = (
  unitOfWork: UnitOfWork,
  ticketId: string,
  order: Order,
): Promise<string[] | undefined> =>
  unitOfWork.run(async (tx) => {
    const credentials = 'all';
    const destroyed = await destroyOnOrder(tx, order, { ticketId, credentials, reason: 'deleted' });
    if (destroyed !== undefined) await settleDoubt(tx, ticketId);
    return destroyed;
  });
