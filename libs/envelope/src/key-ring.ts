import { type KeyEncryptionKey } from './key-encryption-key.js';

/** The keys that wrap data keys, kept apart from the database. A key that was destroyed is gone for good, on every process's next look. */
export interface KeyRing {
  /** Ids of the keys there are now, oldest first. */
  list(): string[];

  /**
   * Makes a key, durable before this returns.
   *
   * @returns its id, a UUIDv7
   */
  create(): string;

  /** @throws KeyRingError `missing-key` if the ring has no such key */
  key(kekId: string): KeyEncryptionKey;

  /** Final, and durable before this returns. Destroying what is gone already is fine: who was interrupted may repeat it. */
  destroy(kekId: string): void;
}

export type KeyRingFault =
  | 'missing-directory'
  | 'exposed-directory'
  | 'ring-in-database'
  | 'missing-key'
  | 'exposed-key'
  | 'wrong-owner'
  | 'not-a-key-file'
  | 'wrong-length'
  | 'wrong-version'
  | 'damaged-key';

/** The ring or one of its keys cannot be used; the message says what to do, and never holds a byte of a key. */
export class KeyRingError extends Error {
  constructor(
    readonly code: KeyRingFault,
    message: string,
  ) {
    super(message);
    this.name = 'KeyRingError';
  }
}
