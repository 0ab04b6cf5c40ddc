import { inspect } from 'node:util';
import { keyLength } from './aead.js';
import { randomSecret, wipe } from './secret-bytes.js';

/**
 * The bytes of a data key, for this library alone: not exported from the
 * index. Never kept, never copied.
 */
export let dataKeyBytes: (dataKey: DataKey) => Buffer;

/** Takes the buffer over; for this library alone. */
export let dataKeyFrom: (bytes: Buffer) => DataKey;

/**
 * The key of one credential: 32 random bytes that can be wiped, and that
 * show themselves to nobody.
 */
export class DataKey {
  readonly #bytes: Buffer;
  #wiped = false;

  static {
    dataKeyFrom = (bytes) => new DataKey(bytes);
    dataKeyBytes = (dataKey) => {
      // Zeros would work as a key, for everybody.
      if (dataKey.#wiped) throw new Error('This data key was wiped; it can no longer be used.');
      return dataKey.#bytes;
    };
  }

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  static generate(): DataKey {
    return new DataKey(randomSecret(keyLength));
  }

  /** Overwrites the key; every later use throws. */
  wipe(): void {
    this.#wiped = true;
    wipe(this.#bytes);
  }

  toString(): string {
    return '[DataKey]';
  }

  toJSON(): string {
    return '[DataKey]';
  }

  [inspect.custom](): string {
    return '[DataKey]';
  }
}
