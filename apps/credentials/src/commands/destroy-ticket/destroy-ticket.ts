import { type UnitOfWork } from '#postgres';
import { settleDoubt } from '../../persistence/doubts.js';
import { lockGate, waitBriefly } from '../../persistence/gates.js';
import { destroy } from '../apply-standing/destroy.js';

/** Who ordered it, and by which run of a command. */
export interface Order {
  readonly operator: string;
  readonly id: string;
}

/**
 * Destroys all that is stored under a ticket by an operator's order, whatever `tickets` says of it or cannot say: what is left to do where
 * its standing stays in doubt. With that nothing is left to doubt, so the alarm about the ticket is settled too.
 * @returns the ids of what was destroyed; undefined where nothing was ever shared under the ticket
 * @throws where somebody else holds the gate for more than two seconds (55P03)
 */
export const destroyTicket = (unitOfWork: UnitOfWork, ticketId: string, { operator, id }: Order): Promise<string[] | undefined> =>
  unitOfWork.run(async (tx) => {
    await waitBriefly(tx);
    const gate = await lockGate(tx, ticketId);
    if (gate === undefined) return undefined;
    const actor = { actorId: operator, actorRole: 'operator', requestId: id };
    const destroyed = await destroy(tx, { ticketId, credentials: 'all', phase: gate.phase, reason: 'deleted', triggerId: id, actor });
    await settleDoubt(tx, ticketId);
    return destroyed;
  });
