import { type ServiceTokens } from './service-tokens.js';
import { TokenRefused } from './token-refusal.js';
import { type TokenVerifier } from './token-verifier.js';

/**
 * Checks the service token as the called service will, so that a wrong setting
 * shows at the start and not at somebody's first request. Reports the result
 * to the token's health.
 * @throws TokenRequestError, or Problem `unavailable` when the
 *   issuer's keys cannot be had
 */
export async function checkServiceToken(
  tokens: ServiceTokens,
  verifier: TokenVerifier,
): Promise<void> {
  const token = await tokens.get();
  try {
    const { roles } = await verifier.verify(token);
    if (roles.has('service')) tokens.health.looksRight();
    else tokens.health.failed({ reason: 'no-service-role' });
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    tokens.health.failed({ reason: error.reason });
  }
}
