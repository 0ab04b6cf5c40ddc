import { type Database } from '#postgres';
import { deleteKey } from '../../persistence/keys.js';
import { listTicketsOfKey } from '../../persistence/wrapped-keys.js';
import { type CredentialPlace } from '../../persistence/wrapped-keys.js';
import { type VaultKeys } from '../vault.js';
import { rewrapTicket } from './rewrap-ticket.js';

export interface Retirement {
  readonly rewrapped: number;
  readonly unwrappable: readonly CredentialPlace[];
  /** Whether its row was deleted. */
  readonly gone: boolean;
}

const batch = 500;
/**
 * The most passes over a key's credentials in one turn. Submits that began while the key
 * was current need at most a second one.
 */
const maxPasses = 5;

/**
 * Rewraps all that is wrapped with a key, then deletes its row. Whether
 * nothing is left, the foreign key decides and no count: a submit may have committed
 * after the last one.
 */
export async function retireKey(
  database: Database,
  keys: VaultKeys,
  kekId: string,
  stopping: AbortSignal,
): Promise<Retirement> {
  let rewrapped = 0;
  let unwrappable: readonly CredentialPlace[] = [];
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const done = await rewrapAll(database, keys, kekId, stopping);
    rewrapped += done.rewrapped;
    ({ unwrappable } = done);
    if (stopping.aborted) break;
    if (await deleteKey(database, kekId)) return { rewrapped, unwrappable, gone: true };
    if (unwrappable.length > 0 && done.rewrapped === 0) break;
  }
  return { rewrapped, unwrappable, gone: false };
}

async function rewrapAll(
  database: Database,
  keys: VaultKeys,
  kekId: string,
  stopping: AbortSignal,
): Promise<Omit<Retirement, 'gone'>> {
  let [rewrapped, after] = [0, ''];
  const unwrappable: CredentialPlace[] = [];
  for (;;) {
    const tickets = await listTicketsOfKey(database, kekId, after, batch);
    for (const ticketId of tickets) {
      if (stopping.aborted) return { rewrapped, unwrappable };
      const done = await rewrapTicket(database, keys, ticketId, kekId);
      rewrapped += done.rewrapped;
      unwrappable.push(...done.unwrappable);
      after = ticketId;
    }
    if (tickets.length < batch) return { rewrapped, unwrappable };
  }
}
