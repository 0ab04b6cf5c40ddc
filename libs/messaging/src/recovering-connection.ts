import { type Duplex } from 'node:stream';
import {
  type ChannelModel,
  type ConfirmChannel,
  connect,
  type RecoveringChannelModel,
} from 'amqplib';
import { answerOf, closeSoon, questioned, SilenceError } from './answers.js';
import { BlockedError, BrokerUnavailableError, reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';

export interface LinkOptions {
  readonly url: string;
  /** Shown by the broker's management, and in the log. */
  readonly name: string;
  readonly log: MessagingLog;
  /**
   * Called when it comes up, when it is lost, and when the broker
   * blocks it or no longer does.
   */
  readonly changed: () => void;
}

const connectTimeoutMs = 5_000;

/** One TCP connection to the broker that reconnects by itself, without end. */
export class RecoveringConnection {
  private model: Promise<RecoveringChannelModel> | undefined;
  private current: ChannelModel | undefined;
  private readonly listeners = new Set<() => void>();
  private failing = false;
  private isBlocked = false;

  constructor(private readonly options: LinkOptions) {}

  get up(): boolean {
    return this.current !== undefined;
  }

  /**
   * Whether the broker blocks publishers (out of memory or disk). It tells
   * only connections that publish.
   */
  get blocked(): boolean {
    return this.isBlocked;
  }

  get log(): MessagingLog {
    return this.options.log;
  }

  start(): void {
    this.model ??= this.open();
  }

  /**
   * Bounded in time. A broker that does not read would never end its half of the
   * connection, which keeps a process alive.
   */
  async close(): Promise<void> {
    const model = await this.model;
    const { current } = this;
    this.current = undefined;
    if (model) await closeSoon(model);
    if (current) socketOf(current).destroy();
  }

  /**
   * Calls back whenever the connection comes up, or is no longer blocked.
   * @returns a function that unsubscribes
   */
  onUp(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * A channel whose every question has a limit of seconds. Where the broker does not
   * answer, this connection is given up, and another one comes up.
   * @throws BrokerUnavailableError at once when the connection is down, instead of
   *   waiting for it as amqplib does; BlockedError when it is blocked, since the broker
   *   reads nothing from it then
   */
  async openChannel(): Promise<ConfirmChannel> {
    const { current } = this;
    if (current === undefined) throw new BrokerUnavailableError();
    if (this.isBlocked) throw new BlockedError();
    const ask = <T>(question: Promise<T>): Promise<T> => this.ask(current, question);
    return questioned(await ask(current.createConfirmChannel()), ask);
  }

  private async ask<T>(of: ChannelModel, question: Promise<T>): Promise<T> {
    try {
      return await answerOf(question);
    } catch (error) {
      // A blocked connection is silent until it is unblocked; the broker would not even
      // notice that it was given up.
      if (error instanceof SilenceError && of === this.current && !this.isBlocked)
        socketOf(of).destroy(error);
      throw error;
    }
  }

  private async open(): Promise<RecoveringChannelModel> {
    const { url, name, log } = this.options;
    const model = await connect(url, {
      clientProperties: { connection_name: name },
      timeout: connectTimeoutMs,
      noDelay: true,
      recovery: { waitForConnect: false, initialDelay: 100, maxDelay: 3_000 },
    });
    model.on('connect', (current) => {
      this.arrived(current);
    });
    model.on('disconnect', (error) => {
      this.current = undefined;
      this.isBlocked = false;
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
      this.options.changed();
    });
    model.on('unblocked', () => {
      this.isBlocked = false;
      log.info('broker unblocked', { peer: name });
      this.options.changed();
      for (const listener of this.listeners) listener();
    });
    // Without a listener an error would end the process; 'disconnect'
    // follows and tells the reason.
    model.on('error', () => undefined);
    return model;
  }

  private arrived(current: ChannelModel): void {
    this.current = current;
    this.failing = false;
    this.options.log.info('broker up', { peer: this.options.name });
    this.options.changed();
    for (const listener of this.listeners) listener();
  }
}

/**
 * amqplib shows it to nobody. Closing a connection is a question too, and its heartbeats
 * leave the socket of a silent peer half open.
 */
const socketOf = ({ connection }: ChannelModel): Duplex =>
  (connection as unknown as { readonly stream: Duplex }).stream;
