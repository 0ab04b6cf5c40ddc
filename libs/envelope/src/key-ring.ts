import { type KeyEncryptionKey } from './key-encryption-key.js';

/**
 * Where the keys that wrap data keys are kept, apart from the database. Calls go to a
 * disk or a network, so callers cache the keys they have read. Each may fail with a
 * {@link KeyRingOutage}, and can then be repeated.
 */
export interface KeyRing {
  /** Ids of the keys there are now, oldest first. */
  list(): Promise<string[]>;

  /**
   * Makes a key, durable before this resolves.
   *
   * @param kekId a UUIDv7 that was never used. The caller chooses it, so that it can be
   *   recorded before the key exists
   */
  create(kekId: string): Promise<void>;

  /** @throws KeyRingError `missing-key` if the ring has no such key */
  read(kekId: string): Promise<KeyEncryptionKey>;

  /**
   * Final, and durable before this resolves. Idempotent, so that an
   * interrupted removal can be repeated.
   */
  remove(kekId: string): Promise<void>;
}

type KeyRingFault =
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

/**
 * The ring or one of its keys cannot be used; the message says what to do, and
 * never holds a byte of a key.
 */
export class KeyRingError extends Error {
  constructor(
    readonly code: KeyRingFault,
    message: string,
  ) {
    super(message);
    this.name = 'KeyRingError';
  }
}

/** Why the ring cannot be read: unreachable, sealed, or access denied. */
type KeyRingOutageCause = 'unreachable' | 'sealed' | 'forbidden';

/**
 * The ring cannot be read at the moment. No key is lost by that,
 * and the call can be repeated.
 */
export class KeyRingOutage extends Error {
  constructor(
    readonly code: KeyRingOutageCause,
    message: string,
  ) {
    super(message);
    this.name = 'KeyRingOutage';
  }
}
