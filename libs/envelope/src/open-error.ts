/**
 * Something sealed cannot be opened. Opaque by intent: wrong key, wrong place, wrong version, cut or altered look the same, so that nobody
 * learns by probing which check failed. It has no cause for the same reason.
 */
export class OpenError extends Error {
  readonly code = 'cannot-open';

  constructor() {
    super('The sealed data cannot be opened: its key, its place or its bytes are not the ones it was sealed with.');
    this.name = 'OpenError';
  }
}
