import { type KeyObject, createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';
import { keyLength } from './aead.js';

/**
 * The secret of a key-encryption key, for this library alone:
 * not exported from the index.
 */
export let kekSecret: (kek: KeyEncryptionKey) => KeyObject;

/** A key of the ring (KEK): wraps data keys, and nothing else. */
export class KeyEncryptionKey {
  readonly #secret: KeyObject;

  static {
    kekSecret = (kek) => kek.#secret;
  }

  private constructor(
    /** UUIDv7. */
    readonly id: string,
    secret: KeyObject,
  ) {
    this.#secret = secret;
  }

  /**
   * For key rings.
   *
   * @param bytes 32 of them; copied, so the caller wipes its own
   */
  static fromBytes(id: string, bytes: Buffer): KeyEncryptionKey {
    if (bytes.length !== keyLength)
      throw new TypeError(`A key-encryption key has ${keyLength} bytes.`);
    return new KeyEncryptionKey(id, createSecretKey(bytes));
  }

  toString(): string {
    return `[KeyEncryptionKey ${this.id}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
