export { type Actor } from './actor.js';
export { checkServiceToken } from './check-service-token.js';
export { DevTokenIssuer, devTokenLifetime } from './dev-tokens.js';
export { type FormParameters, parseFormParameters } from './form-parameters.js';
export { type DevConfig, type IdentityConfig, readIdentityConfig } from './identity-config.js';
export { type ServiceClient } from './service-client-config.js';
export { hasServiceTokens, serviceTokens, type ServiceTokens } from './service-tokens.js';
export {
  type RefusalReason,
  remedies,
  signInTimeUnknown,
  signInTooOld,
  TokenRefused,
  unauthenticated,
} from './token-refusal.js';
export { JwtVerifier, type TokenVerifier } from './token-verifier.js';
