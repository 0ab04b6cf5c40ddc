import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { settlesWithin } from '#waiting';
import { Acknowledgements } from './acknowledgements.js';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { type Handled } from './dispatch.js';
import { reasonOf } from './errors.js';
import { Holds } from './holds.js';
import { type MessagingLog } from './messaging-log.js';
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
   * like `done`, and counted separately.
   */
  readonly handle: (received: Received) => AsyncIterable<readonly [Received, Handled]>;
}

/** How the queue is consumed. */
type Mode = 'held' | 'one-at-a-time' | 'full';

/** Consumes one queue until closed, across lost channels, connections and queues. */
export class QueueConsumer {
  private readonly keeper: ChannelKeeper;
  private readonly settlement: Settlement;
  private readonly redeclarer: TopologyRedeclarer;
  private readonly holds: Holds;
  private readonly working = new Set<Promise<void>>();
  private channel: ConfirmChannel | undefined;
  private acknowledgements: Acknowledgements | undefined;
  private running: { readonly subscription: Subscription; readonly mode: Mode } | undefined;
  /**
   * Whether no new message has come on this channel yet. A redelivered one may have
   * crashed the process, and every message in progress with it counts one delivery more.
   * So redelivered ones are handled alone; the broker delivers them first.
   */
  private isCautious = true;

  constructor(private readonly options: QueueConsumerOptions) {
    const { connection, queue, healthy, redeclareMs } = options;
    this.holds = new Holds(healthy, () => void this.applyOrRebuild());
    this.keeper = new ChannelKeeper({
      link: connection.consuming,
      name: `consumer ${queue}`,
      setup: this.setUp.bind(this),
    });
    this.settlement = new Settlement({ ...options, keeper: this.keeper });
    this.redeclarer = new TopologyRedeclarer({
      ...options,
      link: connection.consuming,
      everyMs: redeclareMs,
    });
  }

  /** Whether the broker delivers to it. */
  get active(): boolean {
    return this.running !== undefined && this.running.subscription.channel === this.keeper.current;
  }

  /**
   * Handles nothing that arrives from now on, waits at most `drainMs` for handlers in
   * progress, then returns the rest to the queue.
   */
  async close(drainMs: number): Promise<void> {
    this.holds.close();
    this.redeclarer.stop();
    await settlesWithin(1_000, this.apply());
    await settlesWithin(drainMs, Promise.all(this.working));
    this.acknowledgements?.flush();
    await Promise.all([this.keeper.close(), this.settlement.close()]);
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    await declareTopology(channel, this.options);
    this.channel = channel;
    this.acknowledgements = new Acknowledgements({
      channel,
      isOpen: () => this.keeper.isOpen(channel),
      onFailure: (text) => {
        this.options.log.warn('message not settled', { queue: this.options.queue, text });
      },
    });
    this.isCautious = true;
    await this.apply();
  }

  private get mode(): Mode {
    if (this.holds.any) return 'held';
    return this.isCautious ? 'one-at-a-time' : 'full';
  }

  /**
   * Consumes as `mode` says. To be called after each change of it, or of the channel. A
   * subscription keeps the prefetch that it began with, so another one takes its place.
   * @throws when the channel is closed meanwhile
   */
  private async apply(): Promise<void> {
    const { channel, mode, running } = this;
    if (running?.subscription.channel === channel && running?.mode === mode) return;
    await this.end();
    // Meanwhile another call may have begun, or a reason not to may have come.
    if (this.running === undefined) await this.begin();
  }

  private async applyOrRebuild(): Promise<void> {
    const { channel } = this;
    try {
      await this.apply();
    } catch (error) {
      if (channel !== undefined) this.keeper.rebuild(channel, reasonOf(error));
    }
  }

  private async end(): Promise<void> {
    const { running, channel, options } = this;
    this.running = undefined;
    // A subscription of an earlier channel went with it.
    if (running === undefined || running.subscription.channel !== channel) return;
    await running.subscription.stop();
    // The reason may have come while it was to be replaced: nobody else says so then.
    if (this.mode === 'held') options.log.info('consumer stopped', { queue: options.queue });
  }

  private async begin(): Promise<void> {
    const { channel, acknowledgements, mode, options } = this;
    if (channel === undefined || acknowledgements === undefined || mode === 'held') return;
    const prefetch = mode === 'full' ? options.prefetch : 1;
    const deliver = this.onDelivery.bind(this, channel, acknowledgements);
    const subscription = new Subscription(channel, options.queue, prefetch, deliver);
    this.running = { subscription, mode };
    await subscription.start();
    options.log.info('consumer started', { queue: options.queue });
  }

  /**
   * @param message null when the broker cancels the consumer, whose queue
   *   is gone; it says so once
   */
  private onDelivery(
    channel: ConfirmChannel,
    acknowledgements: Acknowledgements,
    message: ConsumeMessage | null,
  ): void {
    if (!message) {
      this.keeper.rebuild(channel, 'the broker cancelled the consumer');
      return;
    }
    if (this.holds.closing) {
      // It was on its way when the subscription ended; nobody would wait for its handler.
      channel.nack(message);
      return;
    }
    if (!message.fields.redelivered && channel === this.channel && this.isCautious) {
      this.isCautious = false;
      void this.applyOrRebuild();
    }
    acknowledgements.add(message);
    const work = this.handle(channel, acknowledgements, message).finally(() =>
      this.working.delete(work),
    );
    this.working.add(work);
  }

  private async handle(
    channel: ConfirmChannel,
    acknowledgements: Acknowledgements,
    message: ConsumeMessage,
  ): Promise<void> {
    const { connection, queue, handle } = this.options;
    let started = performance.now();
    // Goes on with the next event when this one is settled, so that all of them are when
    // the message is acknowledged.
    for await (const [event, outcome] of handle(receive(queue, message))) {
      if (outcome.kind !== 'split')
        connection.metrics.consumed(queue, outcome.kind, (performance.now() - started) / 1_000);
      if (outcome.kind === 'unavailable') this.hold(outcome.reason);
      if (!(await this.settlement.settle(channel, event, outcome))) return;
      started = performance.now();
    }
    acknowledgements.settle(message);
  }

  private hold(reason: string): void {
    if (!this.holds.addOutage()) return;
    this.options.log.warn('consumer paused', { queue: this.options.queue, text: reason });
    void this.applyOrRebuild();
  }
}
