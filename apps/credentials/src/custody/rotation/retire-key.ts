import { deleteKey } from '../../persistence/keys.js';
import { type CredentialPlace } from '../../persistence/wrapped-keys.js';
import { type Rewrapped } from './rewrap-keys.js';
import { type RotatorParts, rewrapTickets } from './rewrap-tickets.js';

interface Retirement extends Rewrapped {
  /** Whether its row was deleted. */
  readonly gone: boolean;
}

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
  parts: RotatorParts,
  kekId: string,
  stopping: AbortSignal,
): Promise<Retirement> {
  let rewrapped = 0;
  let unwrappable: readonly CredentialPlace[] = [];
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const done = await rewrapTickets(parts, kekId, stopping);
    rewrapped += done.rewrapped;
    ({ unwrappable } = done);
    if (stopping.aborted) break;
    if (await deleteKey(parts.database, kekId)) return { rewrapped, unwrappable, gone: true };
    if (unwrappable.length > 0 && done.rewrapped === 0) break;
  }
  return { rewrapped, unwrappable, gone: false };
}
