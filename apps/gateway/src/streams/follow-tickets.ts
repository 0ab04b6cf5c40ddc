import { type ChangeHandler, followChanges } from '#changes';
import { type HttpService, watchServiceToken } from '#http-server';
import { hasServiceTokens, JwtVerifier, serviceTokens } from '#identity';
import { type Metrics, type Readiness } from '#telemetry';
import { type GatewayConfig } from '../config.js';
import { TicketsOwner } from '../forwarding/owners.js';

type Config = Pick<GatewayConfig, 'changesSeconds' | 'identity'>;

/**
 * Publishes to the streams also changes of tickets whose events were lost. Needs a token
 * of the gateway's own, since these are the tickets of all people.
 */
export function followTickets(
  service: HttpService,
  { changesSeconds, identity }: Config,
  news: ChangeHandler,
  { metrics, readiness }: { readonly metrics: Metrics; readonly readiness: Readiness },
): void {
  if (changesSeconds === 0) return;
  if (!hasServiceTokens(identity)) {
    readiness.watch('changes', () => 'not followed: AUTH_TOKEN_URL is not set');
    return;
  }
  const { app, lifecycle } = service;
  const tokens = serviceTokens('gateway', identity);
  watchServiceToken(service, tokens, new JwtVerifier(identity));
  const source = {
    changes: (after: string | undefined) => app.get(TicketsOwner).changes(after, tokens),
  };
  followChanges(changesSeconds, source, news, { lifecycle, metrics, readiness });
}
