import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { settlesWithin } from '#waiting';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { type Handled } from './dispatch.js';
import { reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';
import { Probe } from './probe.js';
import { type Received, receive } from './received.js';
import { Settlement } from './settlement.js';
import { Subscription } from './subscription.js';
import { declareTopology, type Topology } from './topology.js';
import { TopologyRedeclarer } from './topology-redeclarer.js';

export interface QueueConsumerOptions extends Topology {
  readonly connection: BrokerConnection;
  readonly prefetch: number;
  readonly log: MessagingLog;
  readonly healthy: () => Promise<boolean>;
  readonly redeclareMs: number;
  /**
   * Each event of a message, with its outcome. Never rejects. `ignored` is acknowledged
   * like `done`, and counted apart.
   */
  readonly handle: (received: Received) => AsyncIterable<readonly [Received, Handled]>;
}

/** Consumes one queue until closed, across lost channels, connections and queues. */
export class QueueConsumer {
  private readonly keeper: ChannelKeeper;
  private readonly settlement: Settlement;
  private readonly probe: Probe;
  private readonly upkeep: TopologyRedeclarer;
  private readonly working = new Set<Promise<void>>();
  /** The reasons why consuming is paused; it resumes when the last one is gone. */
  private readonly holds = new Set<'asked' | 'unavailable' | 'closing'>();
  private channel: ConfirmChannel | undefined;
  private consuming: Subscription | undefined;
  /**
   * Whether messages are handled one at a time. A redelivered message may have
   * crashed the process, and every message in progress with it counts one delivery
   * more. So redelivered ones are handled alone until a new one comes; the broker
   * delivers returned messages first.
   */
  private oneAtATime = true;

  constructor(private readonly options: QueueConsumerOptions) {
    const { connection, queue, healthy, redeclareMs } = options;
    this.probe = new Probe(healthy, () => void this.release('unavailable'));
    this.keeper = new ChannelKeeper({
      link: connection.consuming,
      name: `consumer ${queue}`,
      setup: this.setUp.bind(this),
    });
    this.settlement = new Settlement({ ...options, keeper: this.keeper });
    this.upkeep = new TopologyRedeclarer({
      ...options,
      link: connection.consuming,
      everyMs: redeclareMs,
    });
  }

  /**
   * Whether the broker delivers to it. Not while it is paused, or waits for an answer.
   */
  get active(): boolean {
    return this.consuming !== undefined && this.consuming.channel === this.keeper.current;
  }

  /** Takes nothing new until `resume`; handlers in progress go on. */
  async pause(): Promise<void> {
    this.holds.add('asked');
    await this.cancel();
  }

  resume(): Promise<void> {
    return this.release('asked');
  }

  /**
   * Takes nothing new, waits at most `drainMs` for handlers in progress, then
   * returns the rest to the queue.
   */
  async close(drainMs: number): Promise<void> {
    this.holds.add('closing');
    this.probe.stop();
    this.upkeep.stop();
    await settlesWithin(1_000, this.cancel());
    await settlesWithin(drainMs, Promise.all(this.working));
    await Promise.all([this.keeper.close(), this.settlement.close()]);
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    await declareTopology(channel, this.options);
    this.channel = channel;
    this.oneAtATime = true;
    await this.consume(channel);
  }

  private async consume(channel: ConfirmChannel): Promise<void> {
    if (this.holds.size > 0 || this.consuming?.channel === channel) return;
    const prefetch = this.oneAtATime ? 1 : this.options.prefetch;
    this.consuming = new Subscription(
      channel,
      this.options.queue,
      prefetch,
      this.take.bind(this, channel),
    );
    await this.consuming.start();
    this.options.log.info('consumer started', { queue: this.options.queue });
  }

  private consumeOrRebuild(channel: ConfirmChannel): Promise<void> {
    return this.consume(channel).catch((error: unknown) => {
      this.keeper.rebuild(channel, reasonOf(error));
    });
  }

  /** A consumer keeps the prefetch that it began with, so another one takes its place. */
  private async raisePrefetch(channel: ConfirmChannel): Promise<void> {
    this.oneAtATime = false;
    const slow = this.consuming;
    this.consuming = undefined;
    await slow?.stop();
    await this.consumeOrRebuild(channel);
  }

  /**
   * @param message null when the broker cancels the consumer, whose queue
   *   is gone; it says so once
   */
  private take(channel: ConfirmChannel, message: ConsumeMessage | null): void {
    if (!message) {
      this.keeper.rebuild(channel, 'the broker cancelled the consumer');
      return;
    }
    if (this.oneAtATime && !message.fields.redelivered) void this.raisePrefetch(channel);
    const work = this.process(channel, message).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async process(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    const { connection, queue, handle } = this.options;
    let started = performance.now();
    // Goes on with the next event when this one is settled, so that all of them are when
    // the message is acknowledged.
    for await (const [event, outcome] of handle(receive(queue, message))) {
      if (outcome.kind !== 'apart')
        connection.metrics.consumed(queue, outcome.kind, (performance.now() - started) / 1_000);
      if (outcome.kind === 'unavailable') this.unavailable(outcome.reason);
      if (!(await this.settlement.settle(channel, event, outcome))) return;
      started = performance.now();
    }
    this.settlement.acknowledge(channel, message);
  }

  private unavailable(reason: string): void {
    if (this.holds.has('unavailable')) return;
    this.holds.add('unavailable');
    this.options.log.warn('consumer paused', { queue: this.options.queue, text: reason });
    void this.cancel();
    this.probe.start();
  }

  private async cancel(): Promise<void> {
    const { consuming } = this;
    this.consuming = undefined;
    if (!consuming) return;
    await consuming.stop();
    this.options.log.info('consumer stopped', { queue: this.options.queue });
  }

  private async release(hold: 'asked' | 'unavailable'): Promise<void> {
    this.holds.delete(hold);
    // Should this channel be gone, the next one consumes, now that nothing holds it.
    if (this.channel) await this.consumeOrRebuild(this.channel);
  }
}
