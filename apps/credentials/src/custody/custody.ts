import { DirectoryKeyRing, type KeyRing } from '#envelope';
import { type Database } from '#postgres';
import { type Tally } from '#telemetry';
import { readCurrentKey, readKeys, readKeysInUse } from '../persistence/keys.js';
import { KeyCache } from './key-cache.js';
import { beginEpoch } from './rotation/begin-epoch.js';
import { KeyRotation } from './rotation/key-rotation.js';
import { Vault } from './vault.js';

/** Whoever seals, opens or rotates, over one ring. */
export class Custody {
  readonly vault: Vault;
  readonly rotation: KeyRotation;
  private readonly keys: KeyCache;

  private constructor(
    private readonly database: Database,
    readonly ring: KeyRing,
    failures?: Tally,
  ) {
    this.keys = new KeyCache(ring);
    this.vault = new Vault(this.keys, failures);
    this.rotation = new KeyRotation(database, ring, this.keys);
  }

  /** For a command: it works with what there is. @throws KeyRingError when the ring cannot be trusted */
  static async over(database: Database, directory: string, failures?: Tally): Promise<Custody> {
    return new Custody(database, await DirectoryKeyRing.open(directory), failures);
  }

  /**
   * For the service, which needs every key: makes the first one, and refuses to start without one that is in use. What it wrapped cannot be
   * opened, and to go on with a new ring in silence would hide that.
   * @param failures raised by every credential that does not open
   * @throws KeyRingError when the ring cannot be trusted, or misses a key
   */
  static async open(database: Database, directory: string, failures?: Tally): Promise<Custody> {
    const custody = await Custody.over(database, directory, failures);
    if ((await readCurrentKey(database)) === undefined) await beginEpoch(database, custody.ring, undefined);
    await custody.demandKeys();
    return custody;
  }

  /** Keys that were rotated away, by whichever replica, must not live on in this one's memory. */
  async forgetDestroyed(): Promise<void> {
    this.keys.keepOnly(await readKeys(this.database));
  }

  private async demandKeys(): Promise<void> {
    for (const id of await readKeysInUse(this.database)) {
      try {
        await this.keys.get(id);
      } catch (error) {
        // It may have been rotated away since it was listed.
        if ((await readKeysInUse(this.database)).includes(id)) throw error;
      }
    }
  }
}
