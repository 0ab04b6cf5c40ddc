import { settlesWithin } from '#waiting';
import { Link } from './link.js';
import { type MessagingLog } from './messaging-log.js';
import { type MessagingMetrics, noMetrics } from './messaging-metrics.js';

export interface BrokerConnectionOptions {
  /**
   * `amqp://` or `amqps://`, with the credentials and the virtual host. Never logged. `?heartbeat=` sets after how many seconds of silence
   * a heartbeat is sent; a peer that misses two is considered dead. Default 10.
   */
  readonly url: string;
  /** Shown by the broker's management. */
  readonly name: string;
  readonly log: MessagingLog;
  readonly metrics?: MessagingMetrics;
}

const heartbeatSeconds = 10;
const closeTimeoutMs = 1_000;

/**
 * A service's two connections to the broker, one to publish and one to consume, as RabbitMQ advises: a broker that runs out of memory stops
 * reading from a connection that publishes, and acknowledgements must still get through. ChannelKeeper rebuilds the channels on them.
 */
export class BrokerConnection {
  readonly log: MessagingLog;
  readonly metrics: MessagingMetrics;
  readonly publishing: Link;
  readonly consuming: Link;
  private changedAt = new Date();
  private wasUp = false;

  /** @throws for an invalid URL; the error does not quote it, since it holds a password */
  constructor({ url, name, log, metrics = noMetrics }: BrokerConnectionOptions) {
    this.log = log;
    this.metrics = metrics;
    const link = { url: withHeartbeat(url), log, changed: this.changed.bind(this) };
    this.publishing = new Link({ ...link, name: `${name} publishing` });
    this.consuming = new Link({ ...link, name: `${name} consuming` });
  }

  get state(): 'up' | 'down' {
    return this.publishing.up && this.consuming.up ? 'up' : 'down';
  }

  /** When the state last changed. */
  get since(): Date {
    return this.changedAt;
  }

  /** Never waits for the broker: a service starts and answers readiness probes without it. */
  start(): void {
    this.publishing.start();
    this.consuming.start();
  }

  async close(): Promise<void> {
    await Promise.all([this.publishing.close(), this.consuming.close()]);
    this.changed();
  }

  /**
   * How many messages wait in a queue, such as the dead letters; undefined where there is no such queue.
   * @throws BrokerUnavailableError while the broker is away
   */
  async depth(queue: string): Promise<number | undefined> {
    const channel = await this.publishing.openChannel();
    channel.on('error', () => undefined);
    try {
      return (await channel.checkQueue(queue)).messageCount;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    } finally {
      await settlesWithin(closeTimeoutMs, channel.close());
    }
  }

  private changed(): void {
    const up = this.state === 'up';
    if (up === this.wasUp) return;
    this.wasUp = up;
    this.changedAt = new Date();
    this.metrics.connected(up);
  }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 404;

function withHeartbeat(url: string): string {
  if (!URL.canParse(url)) throw new TypeError('the URL of the broker is no URL');
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
