export { type PublicKeySet, type PublicSigningKey, type SigningKey, unionOfKeys } from './keys.js';
export { readPublishedKeys } from './published-keys.js';
export { SigningKeyDirectory } from './signing-key-directory.js';
export { readStatement, signStatement, StatementError } from './statement.js';
