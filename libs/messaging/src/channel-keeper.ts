import { type ConfirmChannel } from 'amqplib';
import { Backoff } from '#waiting';
import { closeSoon } from './answers.js';
import { reasonOf } from './errors.js';
import { type RecoveringConnection } from './recovering-connection.js';

export interface ChannelKeeperOptions {
  readonly link: RecoveringConnection;
  /** For the log. */
  readonly name: string;
  /**
   * Declares what the channel needs; runs on every new channel. When it fails, the
   * channel is closed and another one is tried.
   */
  readonly setup: (channel: ConfirmChannel) => Promise<void>;
}

const firstDelayMs = 100;
const maxDelayMs = 5_000;
/** A channel that lived this long (ms) was healthy: closing it resets the backoff. */
const goodAfterMs = 10_000;

/**
 * Keeps one channel open: opens a new one after a lost connection, a
 * channel error, or on request.
 */
export class ChannelKeeper {
  private channel: ConfirmChannel | undefined;
  private opening: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly backoff = new Backoff(firstDelayMs, maxDelayMs);
  private readyAt = 0;
  private readonly dead = new WeakSet<ConfirmChannel>();
  private readonly forget: () => void;

  constructor(private readonly options: ChannelKeeperOptions) {
    this.forget = options.link.onUp(() => {
      this.backoff.reset();
      this.open();
    });
    this.open();
  }

  /** The channel, set up; undefined while there is none. */
  get current(): ConfirmChannel | undefined {
    return this.channel;
  }

  /** Whether what was delivered on this channel can still be acknowledged on it. */
  isOpen(channel: ConfirmChannel): boolean {
    return !this.dead.has(channel);
  }

  /**
   * Replaces this channel by a new one; unacknowledged messages return to their queue.
   */
  rebuild(channel: ConfirmChannel, reason: string): void {
    if (this.dead.has(channel)) return;
    this.dead.add(channel);
    this.options.link.log.warn('broker channel rebuilt', { peer: this.options.name, text: reason });
    void channel.close().catch(() => undefined);
    this.lost(channel);
  }

  /**
   * Bounded in time. Does not wait for a channel that is still being opened: that one
   * is closed once it is open.
   */
  async close(): Promise<void> {
    this.closed = true;
    this.forget();
    clearTimeout(this.timer);
    const channel = this.channel;
    this.channel = undefined;
    if (channel) await closeSoon(channel);
  }

  private open(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.closed || this.channel || this.opening || !this.options.link.up) return;
    this.opening = this.establish().finally(() => {
      this.opening = undefined;
      // The connection may have been lost, and may even be back, while
      // this channel was being made.
      if (!this.channel) this.later();
    });
  }

  private async establish(): Promise<void> {
    const { link, name, setup } = this.options;
    let channel: ConfirmChannel | undefined;
    try {
      const opened = (channel = await link.openChannel());
      this.watch(opened);
      await setup(opened);
      if (this.closed) await closeSoon(opened);
      else if (!this.dead.has(opened)) {
        this.channel = opened;
        this.readyAt = performance.now();
      }
    } catch (error) {
      link.log.warn('broker channel not opened', { peer: name, text: reasonOf(error) });
      if (channel && !this.dead.has(channel)) await closeSoon(channel);
    }
  }

  private watch(channel: ConfirmChannel): void {
    const { link, name } = this.options;
    channel.on('error', (error) => {
      link.log.warn('broker channel closed', { peer: name, text: reasonOf(error) });
    });
    channel.on('close', () => {
      this.dead.add(channel);
      this.lost(channel);
    });
  }

  private lost(channel: ConfirmChannel): void {
    if (this.channel !== channel) return;
    this.channel = undefined;
    if (performance.now() - this.readyAt > goodAfterMs) this.backoff.reset();
    this.later();
  }

  private later(): void {
    if (this.closed || this.timer) return;
    this.timer = setTimeout(() => {
      this.open();
    }, this.backoff.next());
  }
}
