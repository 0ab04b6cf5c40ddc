export { type Actor } from './actor.js';
export { DevTokenIssuer, devTokenLifetime } from './dev-tokens.js';
export { algorithms, type DevConfig, type IdentityConfig, readIdentityConfig } from './identity-config.js';
export { serviceTokens, type ServiceTokens } from './service-tokens.js';
export { JwtVerifier, type TokenVerifier, signInTooOld, unauthenticated } from './token-verifier.js';
