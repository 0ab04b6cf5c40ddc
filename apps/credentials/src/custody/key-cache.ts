import { type KeyEncryptionKey, type KeyRing, KeyRingOutage } from '#envelope';
import { type Tally } from '#telemetry';
import { type VaultKeys } from './vault.js';

/** The keys of the ring that this process has read; a submit and a reveal find theirs here. */
export class KeyCache implements VaultKeys {
  private readonly keys = new Map<string, Promise<KeyEncryptionKey>>();

  /** @param outages raised by every key that is wanted while the ring cannot be asked */
  constructor(
    private readonly ring: KeyRing,
    private readonly outages?: Tally,
  ) {}

  /**
   * From memory; a key that is not there, which another replica may have made, is read from the ring once for all who ask meanwhile.
   * @throws KeyRingError `missing-key`, and what else is wrong with the ring. @throws KeyRingOutage. The next one to ask has it read anew
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

  /** What was destroyed must not live on in this process's memory. */
  keepOnly(ids: readonly string[]): void {
    for (const id of this.keys.keys()) if (!ids.includes(id)) this.keys.delete(id);
  }
}
