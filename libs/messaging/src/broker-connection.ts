import { type ConfirmChannel, connect, type RecoveringChannelModel } from 'amqplib';
import { BrokerUnavailableError, reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';

export interface BrokerConnectionOptions {
  /** `amqp://` or `amqps://`, with the credentials and the virtual host. Never logged. */
  readonly url: string;
  /** Shown by the broker's management. */
  readonly name: string;
  readonly log: MessagingLog;
}

/** A dead peer is noticed after two of these, in seconds. */
const heartbeatSeconds = 10;
const connectTimeoutMs = 5_000;

/** One connection to the broker that comes back by itself, for ever. What lives on it is rebuilt by ChannelKeeper. */
export class BrokerConnection {
  readonly log: MessagingLog;
  private model: Promise<RecoveringChannelModel> | undefined;
  private readonly url: string;
  private readonly listeners = new Set<() => void>();
  private up = false;
  private failing = false;

  /** @throws when the URL is none; the error does not repeat it, for it holds a password */
  constructor(private readonly options: BrokerConnectionOptions) {
    this.log = options.log;
    this.url = withHeartbeat(options.url);
  }

  get state(): 'up' | 'down' {
    return this.up ? 'up' : 'down';
  }

  /** Never waits for the broker: a service starts, and answers for its readiness, without it. */
  start(): void {
    this.model ??= this.open();
  }

  async close(): Promise<void> {
    const model = await this.model;
    this.up = false;
    await model?.close();
  }

  /** Calls back whenever the connection comes up. @returns how to stop that */
  onUp(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @throws BrokerUnavailableError at once when the connection is down, instead of waiting for it as amqplib does */
  async openChannel(): Promise<ConfirmChannel> {
    if (!this.up || !this.model) throw new BrokerUnavailableError();
    const model = await this.model;
    return model.createConfirmChannel();
  }

  private async open(): Promise<RecoveringChannelModel> {
    const { name, log } = this.options;
    const model = await connect(this.url, {
      clientProperties: { connection_name: name },
      timeout: connectTimeoutMs,
      noDelay: true,
      recovery: { waitForConnect: false, initialDelay: 100, maxDelay: 3_000 },
    });
    model.on('connect', () => {
      this.up = true;
      this.failing = false;
      log.info('broker up', { peer: name });
      for (const listener of this.listeners) listener();
    });
    model.on('disconnect', (error) => {
      this.up = false;
      log.warn('broker down', { peer: name, text: reasonOf(error) });
    });
    model.on('connect-failed', (error) => {
      if (!this.failing) log.warn('broker unreachable', { peer: name, text: reasonOf(error) });
      this.failing = true;
    });
    model.on('blocked', (reason) => {
      log.warn('broker blocked', { peer: name, text: reason });
    });
    model.on('unblocked', () => {
      log.info('broker unblocked', { peer: name });
    });
    // Without a listener an error would end the process; 'disconnect' follows and tells the reason.
    model.on('error', () => undefined);
    return model;
  }
}

function withHeartbeat(url: string): string {
  if (!URL.canParse(url)) throw new TypeError('the URL of the broker is no URL');
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
