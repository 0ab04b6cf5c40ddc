import { type AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { type Activity } from '#lifecycle';
import { type Log, type Metrics } from '#telemetry';
import { storeNothing } from './no-store.js';
import { addMetricsRoute } from './probes.js';

/** Where `/metrics` is served: on the same port, on a separate port, or nowhere. */
export type MetricsPlace = 'beside' | 'nowhere' | { readonly host: string; readonly port: number };

/**
 * Serves only `/metrics`, in plain HTTP: for a scraper on an internal network that
 * has no client certificate.
 */
export class MetricsServer implements Activity {
  readonly name = 'metrics';
  private readonly server = fastify({ logger: false });

  constructor(
    private readonly at: Exclude<MetricsPlace, string>,
    metrics: Metrics,
    private readonly log: Log,
  ) {
    storeNothing(this.server);
    addMetricsRoute(this.server, metrics);
  }

  /** @throws when the port is taken */
  async start(): Promise<void> {
    await this.server.listen(this.at);
    const { address: host, port } = this.server.server.address() as AddressInfo;
    this.log.info('metrics listening', { host, port });
  }

  async stop(): Promise<void> {
    await this.server.close();
  }
}
