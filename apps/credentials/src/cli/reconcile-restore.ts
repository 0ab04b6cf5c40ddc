import { type UnitOfWork } from '#postgres';
import { destroyOnOrder, type Order } from '../commands/destroy-on-order.js';
import { beginLife } from '../persistence/database-mark.js';
import { type ServiceParts } from './beside-service.js';
import { lastOf, type Restored } from './restored.js';

/**
 * Destroys again what was destroyed before the restore.
 * @returns the ids; of a ticket that has none of them any more, none
 * @throws if another transaction holds the gate for more than two seconds (55P03)
 */
export const destroyAgain = async (
  unitOfWork: UnitOfWork,
  ticketId: string,
  ids: readonly string[],
  order: Order,
): Promise<string[]> => {
  const what = { ticketId, credentials: { ids }, reason: 'restored' } as const;
  return (await unitOfWork.run((tx) => destroyOnOrder(tx, order, what))) ?? [];
};

/**
 * Ends the doubt: the database goes on as the one that the witnesses know, in a life that
 * none of them has seen. Its current key may have been destroyed since the backup.
 */
export async function endDoubt(
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
