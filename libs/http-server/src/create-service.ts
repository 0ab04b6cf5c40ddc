import { type INestApplication, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { type TlsConfig } from '#config';
import { type TokenVerifier } from '#identity';
import { Lifecycle } from '#lifecycle';
import { type Log, type Metrics, NestLogger, type Readiness } from '#telemetry';
import { DenyByDefaultGuard, TicketAccess } from './access.js';
import { type OnAuthenticated, requireToken } from './authentication.js';
import { Drain } from './drain.js';
import { fastifyOptions } from './fastify-options.js';
import { acceptAnything, acceptJson } from './json-body.js';
import { type MetricsPlace, MetricsServer } from './metrics-server.js';
import { storeNothing } from './no-store.js';
import { observe } from './observe.js';
import { addMetricsRoute, addProbes } from './probes.js';
import { ProblemFilter } from './problem-filter.js';
import { type ServiceModule, withCoreProviders } from './core-providers.js';
import { type ErrorClassifier } from './to-problem.js';
import { type TrustedProxies } from './trusted-proxies.js';
import { refuseUnreadable } from './unreadable.js';

export interface ServiceOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly verifier: TokenVerifier;
  /** Limits per actor, before the body is read. `app` gives access to providers. */
  readonly onAuthenticated?: (
    request: Parameters<OnAuthenticated>[0],
    app: INestApplication,
  ) => void | Promise<void>;
  /** Which unexpected errors mean an outage of a dependency (503). */
  readonly classify?: ErrorClassifier;
  /**
   * `json` (default): bodies are parsed. `bytes`: controllers get
   * them unparsed, as a Buffer.
   */
  readonly body?: 'json' | 'bytes';
  /** Default: no proxy is trusted. */
  readonly trustedProxies?: TrustedProxies;
  /**
   * Below which callers may reach it, such as `/desk`, beside the
   * paths that it has by itself.
   */
  readonly publicPath?: string;
  /** Mutual TLS; undefined is plain HTTP. */
  readonly tls?: TlsConfig | undefined;
  /** Default: on the same port. */
  readonly metricsAt?: MetricsPlace;
  /** Adds Fastify plugins and routes before Nest's. */
  readonly extend?: (fastify: FastifyInstance) => void | Promise<void>;
}

/** A wired service that does not listen yet. */
export interface HttpService {
  readonly app: NestFastifyApplication;
  /** What starts and stops with it. */
  readonly lifecycle: Lifecycle;
}

/**
 * Creates a service with its HTTP edge, and provides {@link Log}, Metrics, Readiness
 * and Lifecycle. The order of its steps is that of docs/contract.md: 401 and 429 in
 * `onRequest`, then 400, 413 and 415 by the body parser, then 404 and 403 by the guard;
 * the handler does the rest.
 */
export async function createService(
  module: ServiceModule,
  options: ServiceOptions,
): Promise<HttpService> {
  const { log, metrics, readiness, verifier, classify, onAuthenticated } = options;
  const filter = new ProblemFilter(log, metrics, classify);
  // No middleware: everything here is a hook.
  const adapter = new FastifyAdapter({ ...fastifyOptions(options), skipMiddie: true });
  const fastify = adapter.getInstance<FastifyInstance>();
  const drain = new Drain(fastify);
  const lifecycle = new Lifecycle(log, metrics);
  lifecycle.addWork(drain);
  storeNothing(fastify);
  observe(fastify, log, metrics);
  await options.extend?.(fastify);
  requireToken(fastify, {
    verifier,
    metrics,
    onAuthenticated: onAuthenticated && ((request) => onAuthenticated(request, app)),
  });
  refuseUnreadable(fastify);
  (options.body === 'bytes' ? acceptAnything : acceptJson)(fastify);
  addProbes(fastify, readiness, () => drain.begun);
  showMetrics(options.metricsAt ?? 'beside', fastify, lifecycle, options);
  const root = withCoreProviders(module, { log, metrics, readiness, lifecycle });
  const settings: NestApplicationOptions = {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(log),
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, settings);
  app.useGlobalFilters(filter);
  app.useGlobalGuards(new DenyByDefaultGuard(() => app.get(TicketAccess, { strict: false })));
  return { app, lifecycle };
}

function showMetrics(
  place: MetricsPlace,
  fastify: FastifyInstance,
  lifecycle: Lifecycle,
  { metrics, log }: ServiceOptions,
): void {
  if (place === 'beside') addMetricsRoute(fastify, metrics);
  else if (place !== 'nowhere') lifecycle.addFoundation(new MetricsServer(place, metrics, log));
}
