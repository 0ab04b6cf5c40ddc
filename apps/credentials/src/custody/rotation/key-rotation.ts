import { type KeyRing } from '#envelope';
import { readCurrentKey, readDestroyed, readKeysToRetire } from '../../persistence/keys.js';
import { beginEpoch } from './begin-epoch.js';
import { retireKey } from './retire-key.js';
import { type Rewrapped, sumOf } from './rewrap-keys.js';
import { type RotatorParts } from './rewrap-tickets.js';

/** What is unwrappable needs an operator: its key cannot be destroyed. */
export interface RotationTurn extends Rewrapped {
  /** The key whose epoch began. */
  readonly began: string | undefined;
  /** Keys that were removed from the ring. */
  readonly destroyed: readonly string[];
}

/**
 * Rotates the keys of the ring. A copy of the database (a backup, the write-ahead log)
 * can be decrypted as long as the keys of its time exist. So each key is destroyed with
 * its epoch, which makes copies of credentials that were destroyed by then unreadable.
 *
 * A turn keeps no state: the next one finds in the database what an interrupted one left
 * undone. Several at once do no harm.
 */
export class KeyRotation {
  constructor(
    private readonly ring: KeyRing,
    private readonly parts: RotatorParts,
  ) {}

  /**
   * Begins an epoch if the current key is old enough, retires the keys of earlier epochs,
   * and removes from the ring what was destroyed.
   * @param maxAge seconds; 0 begins an epoch now
   * @param stopping ends the turn after the current step
   * @throws the first failure, after everything that does not depend on it was done
   */
  async turn(
    maxAge: number,
    stopping: AbortSignal = new AbortController().signal,
  ): Promise<RotationTurn> {
    const attempts = new Faults();
    const began = await attempts.make(() => this.beginIfOver(maxAge));
    const retirements = [];
    for (const id of (await attempts.make(() => readKeysToRetire(this.parts.database))) ?? []) {
      if (stopping.aborted) break;
      retirements.push(await attempts.make(() => retireKey(this.parts, id, stopping)));
    }
    const destroyed = await attempts.make(() => this.removeDestroyed());
    attempts.requireSuccess();
    return {
      began,
      destroyed: destroyed ?? [],
      ...sumOf(retirements.filter((one) => one !== undefined)),
    };
  }

  private async beginIfOver(maxAge: number): Promise<string | undefined> {
    const current = await readCurrentKey(this.parts.database);
    if (current !== undefined && current.age < maxAge) return undefined;
    return beginEpoch(this.parts.database, this.ring, current?.id);
  }

  /**
   * Removes only keys that this database has recorded as destroyed: a ring mounted beside
   * the wrong database loses nothing.
   */
  private async removeDestroyed(): Promise<string[]> {
    const destroyed = await readDestroyed(this.parts.database, await this.ring.list());
    for (const id of destroyed) await this.ring.remove(id);
    return destroyed;
  }
}

/**
 * A key that cannot be retired, since its file is lost, must not keep the others alive.
 */
class Faults {
  private readonly faults: unknown[] = [];

  async make<T>(attempt: () => Promise<T>): Promise<T | undefined> {
    try {
      return await attempt();
    } catch (error) {
      this.faults.push(error);
      return undefined;
    }
  }

  requireSuccess(): void {
    if (this.faults.length > 0) throw this.faults[0];
  }
}
