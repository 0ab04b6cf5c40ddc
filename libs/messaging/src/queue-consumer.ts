import { randomUUID } from 'node:crypto';
import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';
import { type Outcome } from './outcome.js';
import { type Received, receive } from './received.js';
import { Settlement } from './settlement.js';
import { declareTopology, type Topology } from './topology.js';

export interface QueueConsumerOptions extends Topology {
  readonly connection: BrokerConnection;
  readonly prefetch: number;
  readonly log: MessagingLog;
  readonly healthy: () => Promise<boolean>;
  /** Never rejects. */
  readonly handle: (received: Received) => Promise<Outcome>;
}

const firstProbeMs = 500;
const maxProbeMs = 5_000;

/** Consumes one queue until it is closed, whatever happens to the channel, the connection or the queue meanwhile. */
export class QueueConsumer {
  private readonly keeper: ChannelKeeper;
  private readonly settlement: Settlement;
  private readonly working = new Set<Promise<void>>();
  private channel: ConfirmChannel | undefined;
  private consuming: { channel: ConfirmChannel; tag: string } | undefined;
  private paused = false;
  private closing = false;
  private probe: NodeJS.Timeout | undefined;

  constructor(private readonly options: QueueConsumerOptions) {
    this.settlement = new Settlement(options);
    const setup = (channel: ConfirmChannel): Promise<void> => this.setUp(channel);
    this.keeper = new ChannelKeeper({ connection: options.connection, name: `consumer ${options.queue}`, setup });
  }

  /** Takes nothing new, lets the handlers at work finish for at most `drainMs`, then lets the rest go back to the queue. */
  async close(drainMs: number): Promise<void> {
    this.closing = true;
    clearTimeout(this.probe);
    await this.cancel();
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([Promise.all(this.working), timeout]);
    clearTimeout(timer);
    await this.keeper.close();
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    await declareTopology(channel, this.options);
    await channel.prefetch(this.options.prefetch);
    this.channel = channel;
    if (!this.paused) await this.consume(channel);
  }

  private async consume(channel: ConfirmChannel): Promise<void> {
    if (this.closing) return;
    const onMessage = (message: ConsumeMessage | null): void => {
      // The broker cancels a consumer whose queue is gone, and says so once.
      if (!message) this.keeper.rebuild(channel, 'the broker cancelled the consumer');
      else this.take(channel, message);
    };
    // A tag of our own, known before the first delivery: that one may already ask for a pause.
    const tag = randomUUID();
    this.consuming = { channel, tag };
    await channel.consume(this.options.queue, onMessage, { consumerTag: tag });
    this.options.log.info('consumer started', { queue: this.options.queue });
  }

  private take(channel: ConfirmChannel, message: ConsumeMessage): void {
    const work = this.process(channel, message).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async process(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    const received = receive(message);
    const outcome = await this.options.handle(received);
    if (outcome.kind === 'unavailable') this.pause(outcome.reason);
    try {
      await this.settlement.settle(channel, received, outcome);
    } catch (error) {
      // It cannot be put where it belongs. A new channel declares that place again, and the message is delivered once more.
      this.keeper.rebuild(channel, reasonOf(error));
    }
  }

  private pause(reason: string): void {
    if (this.paused || this.closing) return;
    this.paused = true;
    this.options.log.warn('consumer paused', { queue: this.options.queue, text: reason });
    void this.cancel();
    this.probeIn(firstProbeMs);
  }

  private async cancel(): Promise<void> {
    const consuming = this.consuming;
    this.consuming = undefined;
    if (!consuming) return;
    try {
      await consuming.channel.cancel(consuming.tag);
      this.options.log.info('consumer stopped', { queue: this.options.queue });
    } catch {
      // A channel that is closed has no consumer left.
    }
  }

  private probeIn(ms: number): void {
    if (this.closing) return;
    this.probe = setTimeout(() => {
      void this.probeOnce(ms);
    }, ms);
  }

  private async probeOnce(ms: number): Promise<void> {
    const healthy = await this.options.healthy().catch(() => false);
    if (!healthy) {
      this.probeIn(Math.min(maxProbeMs, ms * 2));
      return;
    }
    this.paused = false;
    const channel = this.channel;
    try {
      // Should this channel be gone, the next one consumes, now that nothing is paused.
      if (channel) await this.consume(channel);
    } catch (error) {
      if (channel) this.keeper.rebuild(channel, reasonOf(error));
    }
  }
}
