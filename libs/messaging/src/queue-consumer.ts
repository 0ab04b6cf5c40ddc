import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { settlesWithin } from '#waiting';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { reasonOf, UnroutableError } from './errors.js';
import { type MessagingLog } from './messaging-log.js';
import { type Outcome } from './outcome.js';
import { Probe } from './probe.js';
import { type Received, receive } from './received.js';
import { Settlement } from './settlement.js';
import { declareTopology, type Topology } from './topology.js';

export interface QueueConsumerOptions extends Topology {
  readonly connection: BrokerConnection;
  readonly prefetch: number;
  readonly log: MessagingLog;
  readonly healthy: () => Promise<boolean>;
  /** Never rejects. `ignored` is acknowledged like `done`, and counted apart. */
  readonly handle: (received: Received) => Promise<Outcome | { readonly kind: 'ignored' }>;
}

const firstSettleWaitMs = 100;
const maxSettleWaitMs = 5_000;
const cancelTimeoutMs = 1_000;

/** Consumes one queue until it is closed, whatever happens to the channel, the connection or the queue meanwhile. */
export class QueueConsumer {
  private readonly keeper: ChannelKeeper;
  private readonly settlement: Settlement;
  private readonly probe: Probe;
  private readonly working = new Set<Promise<void>>();
  /** Why nothing is consumed at the moment; consuming goes on when the last reason is gone. */
  private readonly holds = new Set<'asked' | 'unavailable' | 'closing'>();
  private channel: ConfirmChannel | undefined;
  private consuming: { channel: ConfirmChannel; tag: string } | undefined;

  constructor(private readonly options: QueueConsumerOptions) {
    const { connection, queue, healthy } = options;
    this.settlement = new Settlement(options);
    this.probe = new Probe(healthy, () => void this.release('unavailable'));
    const setup = (channel: ConfirmChannel): Promise<void> => this.setUp(channel);
    this.keeper = new ChannelKeeper({ link: connection.consuming, name: `consumer ${queue}`, setup });
  }

  /** Takes nothing new until `resume`; what is at work goes on. */
  async pause(): Promise<void> {
    this.holds.add('asked');
    await this.cancel();
  }

  resume(): Promise<void> {
    return this.release('asked');
  }

  /** Takes nothing new, lets the handlers at work finish for at most `drainMs`, then lets the rest go back to the queue. */
  async close(drainMs: number): Promise<void> {
    this.holds.add('closing');
    this.probe.stop();
    await settlesWithin(cancelTimeoutMs, this.cancel());
    await settlesWithin(drainMs, Promise.all(this.working));
    await Promise.all([this.keeper.close(), this.settlement.close()]);
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    await declareTopology(channel, this.options);
    await channel.prefetch(this.options.prefetch);
    this.channel = channel;
    await this.consume(channel);
  }

  private async consume(channel: ConfirmChannel): Promise<void> {
    if (this.holds.size > 0 || this.consuming?.channel === channel) return;
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
    const { connection, queue, handle } = this.options;
    const received = receive(queue, message);
    const started = performance.now();
    const outcome = await handle(received);
    connection.metrics.consumed(queue, outcome.kind, (performance.now() - started) / 1_000);
    if (outcome.kind === 'unavailable') this.unavailable(outcome.reason);
    await this.settle(channel, received, outcome.kind === 'ignored' ? { kind: 'done' } : outcome);
  }

  /** Goes on trying, with the message in hand: giving it back would be counted by the broker, and twenty of those are its limit. */
  private async settle(channel: ConfirmChannel, received: Received, outcome: Outcome): Promise<void> {
    for (let wait = firstSettleWaitMs; this.keeper.isOpen(channel); wait = Math.min(maxSettleWaitMs, wait * 2)) {
      try {
        await this.settlement.settle(channel, received, outcome);
        return;
      } catch (error) {
        // A queue is missing: a new channel declares it again, and the message is delivered once more.
        if (error instanceof UnroutableError) this.keeper.rebuild(channel, error.message);
        else this.options.log.warn('message not settled', { queue: this.options.queue, text: reasonOf(error) });
      }
      await sleep(wait);
    }
  }

  private unavailable(reason: string): void {
    if (this.holds.has('unavailable')) return;
    this.holds.add('unavailable');
    this.options.log.warn('consumer paused', { queue: this.options.queue, text: reason });
    void this.cancel();
    this.probe.start();
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

  private async release(hold: 'asked' | 'unavailable'): Promise<void> {
    this.holds.delete(hold);
    const channel = this.channel;
    try {
      // Should this channel be gone, the next one consumes, now that nothing holds it.
      if (channel) await this.consume(channel);
    } catch (error) {
      if (channel) this.keeper.rebuild(channel, reasonOf(error));
    }
  }
}
