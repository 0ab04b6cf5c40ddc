import { type KeyRing } from '#envelope';
import { type Database } from '#postgres';
import { readCurrentKey, readDestroyed, readKeysToRetire } from '../../persistence/keys.js';
import { type Place } from '../data-keys.js';
import { type VaultKeys } from '../vault.js';
import { beginEpoch } from './begin-epoch.js';
import { type Retirement, retireKey } from './retire-key.js';

export interface RotationTurn {
  /** The key whose epoch began. */
  readonly began: string | undefined;
  /** Data keys that were wrapped anew. */
  readonly rewrapped: number;
  /** Keys that are in the ring no more. */
  readonly destroyed: readonly string[];
  /** Credentials whose data key does not unwrap, so that their key cannot be destroyed. A person has to look. */
  readonly stuck: readonly Place[];
}

/**
 * Rotates the keys of the ring. A copy of the database (a backup, the write-ahead log) opens as long as the keys of its time exist; so each
 * key ends with its epoch, and with it every copy of what was destroyed meanwhile.
 *
 * A turn has no memory: what an interrupted one left undone, the next one finds in the database and does. Several at once do no harm.
 */
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly ring: KeyRing,
    private readonly keys: VaultKeys,
  ) {}

  /**
   * Begins an epoch if the current key is old enough, retires the keys of earlier epochs, and removes from the ring what was destroyed.
   * @param maxAge seconds; 0 begins an epoch now
   * @param stopping ends the turn after the step in hand
   * @throws what kept it from ending; everything that does not depend on that has been done
   */
  async turn(maxAge: number, stopping: AbortSignal = new AbortController().signal): Promise<RotationTurn> {
    const attempts = new Attempts();
    const began = await attempts.make(() => this.beginIfOver(maxAge));
    const retirements = [];
    for (const id of (await attempts.make(() => readKeysToRetire(this.database))) ?? []) {
      if (stopping.aborted) break;
      retirements.push(await attempts.make(() => retireKey(this.database, this.keys, id, stopping)));
    }
    const destroyed = await attempts.make(() => this.removeDestroyed());
    attempts.demandSuccess();
    return { began, destroyed: destroyed ?? [], ...sumOf(retirements.filter((one) => one !== undefined)) };
  }

  private async beginIfOver(maxAge: number): Promise<string | undefined> {
    const current = await readCurrentKey(this.database);
    if (current !== undefined && current.age < maxAge) return undefined;
    return beginEpoch(this.database, this.ring, current?.id);
  }

  /** Only what the database itself remembers as destroyed: a ring that was mounted beside the wrong database loses nothing. */
  private async removeDestroyed(): Promise<string[]> {
    const destroyed = await readDestroyed(this.database, await this.ring.list());
    for (const id of destroyed) await this.ring.remove(id);
    return destroyed;
  }
}

const sumOf = (retirements: readonly Retirement[]) => ({
  rewrapped: retirements.reduce((sum, { rewrapped }) => sum + rewrapped, 0),
  stuck: retirements.flatMap(({ stuck }) => stuck),
});

/** A key that cannot be retired, since its file is lost, must not keep the others alive. */
class Attempts {
  private readonly faults: unknown[] = [];

  async make<T>(attempt: () => Promise<T>): Promise<T | undefined> {
    try {
      return await attempt();
    } catch (error) {
      this.faults.push(error);
      return undefined;
    }
  }

  demandSuccess(): void {
    if (this.faults.length > 0) throw this.faults[0];
  }
}
