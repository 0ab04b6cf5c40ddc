import { type KeyRing } from '#envelope';
import { type Database } from '#postgres';
import { readCurrentKey, readKeysInUse } from '../persistence/keys.js';
import { type StoredPlace, wrappedWith } from '../persistence/stored-credentials.js';
import { type KeyRingPlace, openKeyRing } from './key-ring-place.js';
import { beginEpoch } from './rotation/begin-epoch.js';

/**
 * Keys that a restored database still names, but that were destroyed after the backup.
 */
export class LostKeys {
  constructor(
    private readonly database: Database,
    private readonly ring: KeyRing,
  ) {}

  static async of(database: Database, place: KeyRingPlace): Promise<LostKeys> {
    return new LostKeys(database, await openKeyRing(place));
  }

  /** What they wrap, which nobody can open any more. */
  async places(): Promise<StoredPlace[]> {
    const there = new Set(await this.ring.list());
    const lost = (await readKeysInUse(this.database)).filter((id) => !there.has(id));
    return lost.length === 0 ? [] : wrappedWith(this.database, lost);
  }

  /**
   * Begins an epoch where the current key is one of them:
   * nothing could be sealed under it.
   */
  async replaceCurrent(): Promise<void> {
    const current = await readCurrentKey(this.database);
    if (current !== undefined && !(await this.ring.list()).includes(current.id))
      await beginEpoch(this.database, this.ring, current.id);
  }
}
