/**
 * Something sealed cannot be decrypted. Deliberately opaque: a wrong key, place or
 * version and truncated or altered bytes all look the same, so that probing does not
 * reveal which check failed. It has no cause for the same reason.
 */
export class OpenError extends Error {
  readonly code = 'cannot-open';

  constructor() {
    super(
      'The sealed data cannot be opened: its key, its place or its bytes are not the ones it ' +
        'was sealed with.',
    );
    this.name = 'OpenError';
  }
}
