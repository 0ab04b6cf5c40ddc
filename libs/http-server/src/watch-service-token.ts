import { checkServiceToken, type ServiceTokens, type TokenVerifier } from '#identity';
import { Log, Metrics, Readiness } from '#telemetry';
import { type HttpService } from './create-service.js';

/** Seconds between two checks. */
const checkEvery = 60;

/**
 * Checks the token for calls without a user from the start on, and shows what is
 * wrong with it in the log, a counter and the readiness, so that an operator learns
 * of it before users do.
 */
export function watchServiceToken(
  { app, lifecycle }: HttpService,
  tokens: ServiceTokens,
  verifier: TokenVerifier,
): void {
  const { health } = tokens;
  const log = app.get(Log);
  const faults = app.get(Metrics).counter({
    name: 'service_token_faults_total',
    help: 'Times that the token for calls without a user was missing or refused, by reason',
    labels: ['reason'],
  });
  health.onFault = ({ reason, code }, isNews) => {
    faults.inc({ reason });
    if (isNews)
      log.warn('service token of no use', { reason, ...(code !== undefined && { code }) });
  };
  health.onRecovery = () => {
    log.info('service token works again');
  };
  app
    .get(Readiness)
    .watch('service-token', () => (health.fault === undefined ? undefined : 'of no use'));
  lifecycle.every({ name: 'service-token-check', seconds: checkEvery }, () =>
    checkServiceToken(tokens, verifier),
  );
}
