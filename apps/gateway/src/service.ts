import { watchClock } from '#clock';
import { createService, type HttpService } from '#http-server';
import { JwtVerifier } from '#identity';
import { Sampled } from '#lifecycle';
import { createLogger, Metrics, Readiness } from '#telemetry';
import { tellBrowsers } from './browser-rules.js';
import { type GatewayConfig } from './config.js';
import { addForwardedRoutes } from './forwarding/forwarded-routes.js';
import { neighboursClock } from './forwarding/neighbours-clock.js';
import { CredentialsOwner, TicketsOwner } from './forwarding/owners.js';
import { GatewayModule } from './gateway.module.js';
import { AddressLimit } from './limits/address-limit.js';
import { warnOfUnbelievedProxy } from './limits/unbelieved-proxy.js';
import { addDocumentRoutes } from './openapi/routes.js';
import { operationGroups } from './operations.js';
import { builtPage } from './page/built-files.js';
import { addPageRoutes } from './page/routes.js';
import { followTickets } from './streams/follow-tickets.js';
import { BrokerEventFeed } from './streams/broker-event-feed.js';

const name = 'gateway';

/**
 * Composes the gateway: it authenticates, limits, documents, serves the page, and
 * forwards requests to their owners. Front ends connect by plain HTTP or through a proxy.
 * @param page folder of the built page
 */
export async function createGatewayService(
  config: GatewayConfig,
  page = builtPage,
): Promise<HttpService> {
  const limit = new AddressLimit(config.addressLimit);
  const [metrics, readiness] = [new Metrics(name), new Readiness()];
  const clock = neighboursClock(
    () => [app.get(TicketsOwner), app.get(CredentialsOwner)],
    config.identity.clockTolerance,
  );
  const log = createLogger({ service: name, level: config.server.logLevel });
  const news = new BrokerEventFeed(config.rabbitmqUrl, log);
  const service = await createService(GatewayModule.with(config, news.hub), {
    log,
    metrics,
    readiness,
    verifier: new JwtVerifier(config.identity, clock),
    body: 'bytes',
    trustedProxies: config.trustedProxies,
    publicPath: config.publicUrl.path,
    metricsAt: config.server.metrics,
    onAuthenticated: (request) => {
      limit.refuseIfExceeded(request);
    },
    extend: async (fastify) => {
      warnOfUnbelievedProxy(fastify, config.trustedProxies, log);
      await tellBrowsers(fastify, config);
      limit.install(fastify);
    },
  });
  const { app, lifecycle } = service;
  lifecycle.addWork(news);
  followTickets(service, config, news, { metrics, readiness });
  watchClock(clock, 'tickets and credentials', { lifecycle, log, metrics, readiness });
  const fastify = app.getHttpAdapter().getInstance();
  const owners = { tickets: app.get(TicketsOwner), credentials: app.get(CredentialsOwner) };
  for (const group of operationGroups) addForwardedRoutes(fastify, group, owners[group.owner]);
  addPageRoutes(fastify, page, config);
  if (config.documented) addDocumentRoutes(fastify, config.publicUrl.href);
  for (const owner of ['tickets', 'credentials'] as const) {
    const reach = new Sampled({ name: `reach of ${owner}`, ask: () => owners[owner].reach() });
    lifecycle.addWork(reach);
    readiness.watch(owner, () =>
      reach.failing || reach.last === undefined ? unreached(reach) : undefined,
    );
  }
  readiness.watch('broker', news.warning);
  return service;
}

/** In words, for the readiness. */
const unreached = ({ last }: Sampled<void>): string =>
  last === undefined ? 'not reached yet' : `last reached ${Math.round(last.ageSeconds)} s ago`;
