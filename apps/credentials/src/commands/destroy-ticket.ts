import { type UnitOfWork } from '#postgres';
import { settleDoubt } from '../persistence/doubts.js';
import { lockGate, setLockTimeout } from '../persistence/gates.js';
import { destroy } from './destroy.js';

/** Who ordered it, and in which run of the command. */
export interface Order {
  readonly operator: string;
  readonly id: string;
}

/**
 * Destroys all credentials of a ticket on an operator's order, whatever `tickets`
 * answers: the last resort when its standing stays in doubt. Clears the ticket's doubt
 * too, since nothing is left to protect.
 * @returns the ids of the destroyed credentials; undefined if the ticket never had one
 * @throws if another transaction holds the gate for more than two seconds (55P03)
 */
export const destroyTicket = (
  unitOfWork: UnitOfWork,
  ticketId: string,
  { operator, id }: Order,
): Promise<string[] | undefined> =>
  unitOfWork.run(async (tx) => {
    await setLockTimeout(tx);
    const gate = await lockGate(tx, ticketId);
    if (gate === undefined) return undefined;
    const actor = { actorId: operator, actorRole: 'operator', requestId: id };
    const destroyed = await destroy(tx, {
      ticketId,
      credentials: 'all',
      phase: gate.phase,
      reason: 'deleted',
      triggerId: id,
      actor,
    });
    await settleDoubt(tx, ticketId);
    return destroyed;
  });
