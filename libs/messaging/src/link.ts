import { type ConfirmChannel, connect, type RecoveringChannelModel } from 'amqplib';
import { settlesWithin } from '#waiting';
import { BrokerUnavailableError, reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';

export interface LinkOptions {
  readonly url: string;
  /** Shown by the broker's management, and in the log. */
  readonly name: string;
  readonly log: MessagingLog;
  /** Called when it comes up and when it is lost. */
  readonly changed: () => void;
}

const connectTimeoutMs = 5_000;
const closeTimeoutMs = 1_000;

/** One TCP connection to the broker that reconnects by itself, without end. */
export class Link {
  private model: Promise<RecoveringChannelModel> | undefined;
  private readonly listeners = new Set<() => void>();
  private connected = false;
  private failing = false;
  private isBlocked = false;

  constructor(private readonly options: LinkOptions) {}

  get up(): boolean {
    return this.connected;
  }

  /** Whether the broker blocks publishers (out of memory or disk). It tells only connections that publish. */
  get blocked(): boolean {
    return this.isBlocked;
  }

  get log(): MessagingLog {
    return this.options.log;
  }

  start(): void {
    this.model ??= this.open();
  }

  /** Bounded in time: a silent peer never confirms a close. */
  async close(): Promise<void> {
    const model = await this.model;
    this.connected = false;
    if (model) await settlesWithin(closeTimeoutMs, model.close());
  }

  /** Calls back whenever the connection comes up. @returns a function that unsubscribes */
  onUp(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @throws BrokerUnavailableError at once when the connection is down, instead of waiting for it as amqplib does */
  async openChannel(): Promise<ConfirmChannel> {
    if (!this.connected || !this.model) throw new BrokerUnavailableError();
    const model = await this.model;
    return model.createConfirmChannel();
  }

  private async open(): Promise<RecoveringChannelModel> {
    const { url, name, log } = this.options;
    const model = await connect(url, {
      clientProperties: { connection_name: name },
      timeout: connectTimeoutMs,
      noDelay: true,
      recovery: { waitForConnect: false, initialDelay: 100, maxDelay: 3_000 },
    });
    model.on('connect', () => {
      this.arrived();
    });
    model.on('disconnect', (error) => {
      this.connected = this.isBlocked = false;
      log.warn('broker down', { peer: name, text: reasonOf(error) });
      this.options.changed();
    });
    model.on('connect-failed', (error) => {
      if (!this.failing) log.warn('broker unreachable', { peer: name, text: reasonOf(error) });
      this.failing = true;
    });
    model.on('blocked', (reason) => {
      this.isBlocked = true;
      log.warn('broker blocked', { peer: name, text: reason });
    });
    model.on('unblocked', () => {
      this.isBlocked = false;
      log.info('broker unblocked', { peer: name });
    });
    // Without a listener an error would end the process; 'disconnect' follows and tells the reason.
    model.on('error', () => undefined);
    return model;
  }

  private arrived(): void {
    this.connected = true;
    this.failing = false;
    this.options.log.info('broker up', { peer: this.options.name });
    this.options.changed();
    for (const listener of this.listeners) listener();
  }
}
