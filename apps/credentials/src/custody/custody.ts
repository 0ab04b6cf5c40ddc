import { type DataSource } from 'typeorm';
import { type KeyRing } from '#envelope';
import { PipelinedTransactions } from '#postgres';
import { type Tally } from '#telemetry';
import { readCurrentKey, readKeys, readKeysInUse } from '../persistence/keys.js';
import { KeyCache } from './key-cache.js';
import { beginEpoch } from './rotation/begin-epoch.js';
import { KeyRotation } from './rotation/key-rotation.js';
import { Vault } from './vault.js';

/** Counters for operators. */
export interface CustodyTallies {
  /** Credentials that could not be decrypted. */
  readonly notOpened: Tally;
  /** Keys that were needed while the ring could not be read. */
  readonly outages: Tally;
}

/** Sealing, opening and rotation over one ring. A command uses the keys that exist. */
export class Custody {
  readonly vault: Vault;
  readonly rotation: KeyRotation;
  private readonly keys: KeyCache;

  constructor(
    private readonly database: DataSource,
    readonly ring: KeyRing,
    tallies?: CustodyTallies,
  ) {
    this.keys = new KeyCache(ring, tallies?.outages);
    this.vault = new Vault(this.keys, tallies?.notOpened);
    this.rotation = new KeyRotation(ring, {
      database,
      transactions: new PipelinedTransactions(database),
      keys: this.keys,
    });
  }

  /**
   * For the service: creates the first key, and refuses to start if a key in use
   * is missing. What that key wrapped cannot be decrypted, and starting silently
   * with a new ring would hide it.
   * @throws KeyRingError when the ring misses a key
   */
  static async open(
    database: DataSource,
    ring: KeyRing,
    tallies?: CustodyTallies,
  ): Promise<Custody> {
    const custody = new Custody(database, ring, tallies);
    if ((await readCurrentKey(database)) === undefined) await beginEpoch(database, ring, undefined);
    await custody.requireKeys();
    return custody;
  }

  /** Drops keys from this process's memory that any replica has destroyed. */
  async forgetDestroyed(): Promise<void> {
    this.keys.keepOnly(await readKeys(this.database));
  }

  private async requireKeys(): Promise<void> {
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
