import { type UnitOfWork } from '#postgres';
import { type Order } from '../commands/destroy-ticket.js';
import { destroy } from '../commands/destroy.js';
import { beginLife } from '../persistence/database-mark.js';
import { lockGate, setLockTimeout } from '../persistence/gates.js';
import { type ServiceParts } from './beside-service.js';
import { lastOf, type Restored } from './restored.js';

/**
 * Destroys again what was destroyed before the restore, with
 * receipt, log entry and event.
 * @returns the ids; of a ticket that has none of them any more, none
 * @throws if another transaction holds the gate for more than two seconds (55P03)
 */
export const destroyAgain = (
  unitOfWork: UnitOfWork,
  ticketId: string,
  ids: readonly string[],
  { operator, id }: Order,
): Promise<string[]> =>
  unitOfWork.run(async (tx) => {
    await setLockTimeout(tx);
    const gate = await lockGate(tx, ticketId);
    if (gate === undefined) return [];
    const actor = { actorId: operator, actorRole: 'operator', requestId: id };
    return destroy(tx, {
      ticketId,
      credentials: { ids },
      phase: gate.phase,
      reason: 'restored',
      triggerId: id,
      actor,
    });
  });

/**
 * Ends the doubt: the database goes on as the one that the witnesses know, in a life that
 * none of them has seen. Its current key may have been destroyed since the backup.
 */
export async function goOn(
  { database, lostKeys }: ServiceParts,
  restored: Restored,
): Promise<void> {
  const last = lastOf(restored);
  await lostKeys.replaceCurrent();
  await beginLife(database, {
    database: last?.database ?? restored.mark.database,
    life: Math.max(restored.mark.life, last?.life ?? 0) + 1,
  });
}
