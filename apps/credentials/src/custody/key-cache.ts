import { type KeyEncryptionKey, type KeyRing, KeyRingOutage } from '#envelope';
import { type Tally } from '#telemetry';
import { type VaultKeys } from './vault.js';

/** The keys of the ring that this process has read, for submits and reveals. */
export class KeyCache implements VaultKeys {
  private readonly keys = new Map<string, Promise<KeyEncryptionKey>>();

  /** @param outages counts keys that are needed while the ring cannot be read */
  constructor(
    private readonly ring: KeyRing,
    private readonly outages?: Tally,
  ) {}

  /**
   * From memory; a missing key, which another replica may have made, is read from the
   * ring, once for all concurrent callers.
   * @throws KeyRingError `missing-key`, and what else is wrong with the ring.
   * @throws KeyRingOutage. A failure is not cached
   */
  get(id: string): Promise<KeyEncryptionKey> {
    const known = this.keys.get(id);
    if (known !== undefined) return known;
    const reading = this.ring.read(id);
    this.keys.set(id, reading);
    reading.catch((error: unknown) => {
      this.keys.delete(id);
      if (error instanceof KeyRingOutage) this.outages?.inc();
    });
    return reading;
  }

  /** Drops destroyed keys from this process's memory. */
  keepOnly(ids: readonly string[]): void {
    for (const id of this.keys.keys()) if (!ids.includes(id)) this.keys.delete(id);
  }
}
