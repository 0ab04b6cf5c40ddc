import { closeSoon } from './answers.js';
import { RecoveringConnection } from './recovering-connection.js';
import { type MessagingLog } from './messaging-log.js';
import { type MessagingMetrics, noMetrics } from './messaging-metrics.js';
import { Pulse } from './pulse.js';

export interface BrokerConnectionOptions {
  /**
   * `amqp://` or `amqps://`, with the credentials and the virtual host. Never logged.
   * `?heartbeat=` sets after how many seconds of silence a heartbeat is sent; a peer that
   * misses two is considered dead. Default 10.
   */
  readonly url: string;
  /** Shown by the broker's management. */
  readonly name: string;
  readonly log: MessagingLog;
  readonly metrics?: MessagingMetrics;
}

/**
 * `blocked`: up, but out of memory or disk, and taking no messages; what
 * is consumed still arrives.
 */
export type BrokerState = 'up' | 'blocked' | 'down';

const heartbeatSeconds = 10;

/**
 * A service's two connections to the broker, one to publish and one to consume, as
 * RabbitMQ advises: a broker that runs out of memory stops reading from a connection
 * that publishes, and acknowledgements must still get through. ChannelKeeper
 * rebuilds the channels on them.
 */
export class BrokerConnection {
  readonly log: MessagingLog;
  readonly metrics: MessagingMetrics;
  readonly publishing: RecoveringConnection;
  readonly consuming: RecoveringConnection;
  private readonly pulses: Pulse[] = [];
  private last: BrokerState = 'down';

  /**
   * @throws for an invalid URL; the error does not quote it, since it holds a password
   */
  constructor({ url, name, log, metrics = noMetrics }: BrokerConnectionOptions) {
    this.log = log;
    this.metrics = metrics;
    const link = { url: withHeartbeat(url), log, changed: this.changed.bind(this) };
    this.publishing = new RecoveringConnection({ ...link, name: `${name} publishing` });
    this.consuming = new RecoveringConnection({ ...link, name: `${name} consuming` });
  }

  get state(): BrokerState {
    if (!this.publishing.up || !this.consuming.up) return 'down';
    return this.publishing.blocked ? 'blocked' : 'up';
  }

  /**
   * Never waits for the broker: a service starts and answers readiness probes without it.
   */
  start(): void {
    this.publishing.start();
    this.consuming.start();
    this.pulses.push(
      new Pulse(this.publishing, 'publishing'),
      new Pulse(this.consuming, 'consuming'),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.pulses.map((pulse) => pulse.close()));
    await Promise.all([this.publishing.close(), this.consuming.close()]);
    this.changed();
  }

  /**
   * How many messages wait in a queue, such as the dead letters; undefined where there
   * is no such queue. A queue without a leader may be counted as empty. Works while
   * the broker blocks publishers.
   * @throws BrokerUnavailableError while the broker is away, or after five
   *   seconds without an answer
   */
  async depth(queue: string): Promise<number | undefined> {
    const channel = await this.consuming.openChannel();
    channel.on('error', () => undefined);
    try {
      return (await channel.checkQueue(queue)).messageCount;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    } finally {
      await closeSoon(channel);
    }
  }

  private changed(): void {
    const { state } = this;
    if (state === this.last) return;
    this.last = state;
    this.metrics.connected(state !== 'down');
    this.metrics.blocked(state === 'blocked');
  }
}

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 404;

function withHeartbeat(url: string): string {
  if (!URL.canParse(url)) throw new TypeError('the URL of the broker is no URL');
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat'))
    parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
