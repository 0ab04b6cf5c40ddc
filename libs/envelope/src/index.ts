export { DataKey } from './data-key.js';
export { DirectoryKeyRing } from './directory-key-ring.js';
export { decodeFields, encodeFields } from './fields.js';
export { KeyEncryptionKey } from './key-encryption-key.js';
export { type KeyRing, KeyRingError, type KeyRingFault } from './key-ring.js';
export { OpenError } from './open-error.js';
export { openPart, type PartPosition, sealPart } from './part.js';
export { wipe } from './secret-bytes.js';
export { unwrapDataKey, wrapDataKey } from './wrap.js';
