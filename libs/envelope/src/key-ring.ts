import { type KeyEncryptionKey } from './key-encryption-key.js';

/**
 * Where the keys that wrap data keys are kept, apart from the database. Every call may take a while (a disk's, or a network's), so whoever
 * seals and opens keeps the keys it has read. Any of them may fail with a {@link KeyRingOutage}, and can then be made again.
 */
export interface KeyRing {
  /** Ids of the keys there are now, oldest first. */
  list(): Promise<string[]>;

  /**
   * Makes a key, durable before this resolves.
   *
   * @param kekId a UUIDv7 that was never used: its maker chooses it, so that it can be written down before there is a key to lose
   */
  create(kekId: string): Promise<void>;

  /** @throws KeyRingError `missing-key` if the ring has no such key */
  read(kekId: string): Promise<KeyEncryptionKey>;

  /** Final, and durable before this resolves. Removing what is gone already is fine: who was interrupted may repeat it. */
  remove(kekId: string): Promise<void>;
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
  | 'damaged-key'
  | 'deleted-key'
  | 'not-a-key-store';

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

/** Why the ring cannot be asked: nobody answers, it is sealed, or it does not let us in. */
export type KeyRingOutageCause = 'unreachable' | 'sealed' | 'forbidden';

/** The ring cannot be asked at the moment. That says nothing about its keys: none is lost for it, and what was asked can be asked again. */
export class KeyRingOutage extends Error {
  constructor(
    readonly code: KeyRingOutageCause,
    message: string,
  ) {
    super(message);
    this.name = 'KeyRingOutage';
  }
}
