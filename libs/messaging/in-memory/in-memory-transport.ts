import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { settlesWithin } from '#waiting';
import { requireOneEach, dispatch, type Handled } from '../src/dispatch.js';
import { type RabbitTransportOptions } from '../src/rabbit-transport.js';
import { type InMemoryBroker } from './in-memory-broker.js';
import { type Consumer, type InMemoryQueue, type Message } from './in-memory-queue.js';

export interface InMemoryTransportOptions extends Pick<
  RabbitTransportOptions,
  'queue' | 'bindings' | 'strict' | 'prefetch' | 'healthy' | 'retryDelays' | 'drainMs'
> {
  readonly broker: InMemoryBroker;
}

const probeMs = 10;

/**
 * Brings the messages of one queue to `@EventPattern` handlers, as RabbitTransport does;
 * the defaults are the same.
 */
export class InMemoryTransport extends Server implements CustomTransportStrategy, Consumer {
  override readonly propagatesEventHandlerErrors = true;
  private readonly inHand = new Map<Message, Promise<void>>();
  private queue: InMemoryQueue | undefined;
  private paused = false;

  constructor(private readonly options: InMemoryTransportOptions) {
    super();
  }

  get hasRoom(): boolean {
    return !this.paused && this.inHand.size < (this.options.prefetch ?? 10);
  }

  override listen(callback: () => void): void {
    requireOneEach(this.messageHandlers);
    this.queue = this.options.broker.declare(this.options.queue, this.options.bindings);
    this.queue.add(this);
    callback();
  }

  override async close(): Promise<void> {
    const { queue } = this;
    this.queue = undefined;
    queue?.remove(this);
    await settlesWithin(this.options.drainMs ?? 7_000, Promise.all(this.inHand.values()));
    const unfinished = [...this.inHand.keys()];
    this.inHand.clear();
    queue?.putBack(unfinished);
  }

  take(message: Message): void {
    this.inHand.set(message, this.work(message));
  }

  override on(): never {
    throw new Error('InMemoryTransport has no events');
  }

  override unwrap(): never {
    throw new Error('InMemoryTransport has nothing to unwrap');
  }

  private async work(message: Message): Promise<void> {
    const queue = this.queue;
    for await (const [event, outcome] of dispatch(
      this.messageHandlers,
      message,
      this.options.strict ?? false,
    )) {
      // It was given back meanwhile: this outcome counts no more, as an acknowledgement
      // on a closed channel does not.
      if (!this.inHand.has(message)) return;
      if (queue) this.settle(queue, event, outcome);
    }
    this.inHand.delete(message);
    queue?.deliver();
  }

  private settle(queue: InMemoryQueue, message: Message, outcome: Handled): void {
    const { retryDelays = [1, 5, 15, 60, 300] } = this.options;
    if (outcome.kind === 'reject') queue.bury(message, outcome.reason);
    if (outcome.kind === 'apart') queue.put({ ...message, redelivered: false });
    if (outcome.kind === 'unavailable') {
      queue.putLater(message, retryDelays[0] ?? 0);
      void this.pauseUntilHealthy();
    }
    if (outcome.kind !== 'retry') return;
    const delay = retryDelays[message.attempt - 1];
    const firstFailedAt = message.firstFailedAt ?? new Date().toISOString();
    if (delay === undefined) queue.bury(message, outcome.reason);
    else
      queue.putLater(
        { ...message, attempt: message.attempt + 1, redelivered: false, firstFailedAt },
        delay,
      );
  }

  private async pauseUntilHealthy(): Promise<void> {
    if (this.paused) return;
    this.paused = true;
    const { healthy = () => Promise.resolve(true) } = this.options;
    do await new Promise((resolve) => setTimeout(resolve, probeMs).unref());
    while (!(await healthy().catch(() => false)));
    this.paused = false;
    this.queue?.deliver();
  }
}
