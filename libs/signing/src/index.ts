export { type PublicKeySet, type PublicSigningKey, type SigningKey } from './keys.js';
export { SigningKeyDirectory, SigningKeyError } from './signing-key-directory.js';
export { readStatement, signStatement, StatementError } from './statement.js';
