import { type KeyRing } from '#envelope';
import { type Database } from '#postgres';
import { type Tally } from '#telemetry';
import { readCurrentKey, readKeys, readKeysInUse } from '../persistence/keys.js';
import { KeyCache } from './key-cache.js';
import { beginEpoch } from './rotation/begin-epoch.js';
import { KeyRotation } from './rotation/key-rotation.js';
import { Vault } from './vault.js';

/** Raised for people who have to look. */
export interface CustodyTallies {
  /** By every credential that does not open. */
  readonly notOpened: Tally;
  /** By every key that was wanted while the ring could not be asked. */
  readonly outages: Tally;
}

/** Whoever seals, opens or rotates, over one ring. A command works with what there is. */
export class Custody {
  readonly vault: Vault;
  readonly rotation: KeyRotation;
  private readonly keys: KeyCache;

  constructor(
    private readonly database: Database,
    readonly ring: KeyRing,
    tallies?: CustodyTallies,
  ) {
    this.keys = new KeyCache(ring, tallies?.outages);
    this.vault = new Vault(this.keys, tallies?.notOpened);
    this.rotation = new KeyRotation(database, ring, this.keys);
  }

  /**
   * For the service, which needs every key: makes the first one, and refuses to start without one that is in use. What it wrapped cannot be
   * opened, and to go on with a new ring in silence would hide that.
   * @throws KeyRingError when the ring misses a key
   */
  static async open(database: Database, ring: KeyRing, tallies?: CustodyTallies): Promise<Custody> {
    const custody = new Custody(database, ring, tallies);
    if ((await readCurrentKey(database)) === undefined) await beginEpoch(database, ring, undefined);
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
