import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { type BrokerConnection } from './broker-connection.js';
import { requireOneEach, dispatch } from './dispatch.js';
import { transportOf } from './event-of.js';
import { type MessagingLog } from './messaging-log.js';
import { QueueConsumer } from './queue-consumer.js';
import { type Received } from './received.js';
import { type Binding } from './topology.js';

export interface RabbitTransportOptions {
  readonly connection: BrokerConnection;
  /** A name with a version: the arguments of a declared queue cannot change. */
  readonly queue: string;
  readonly bindings: readonly Binding[];
  /** Messages handled at the same time; default 10. */
  readonly prefetch?: number;
  /**
   * Called while an `unavailable` pauses consuming, which resumes when it
   * returns true. Default: at once.
   */
  readonly healthy?: () => Promise<boolean>;
  readonly log: MessagingLog;
  /**
   * In seconds, growing. A message has one attempt more than there are delays.
   * Default 1, 5, 15, 60, 300.
   */
  readonly retryDelays?: readonly number[];
  /**
   * How long `close` waits for handlers, in milliseconds; default 7000, so that a
   * service stops within ten seconds.
   */
  readonly drainMs?: number;
  /**
   * How often the queues and bindings are declared again, in case one was deleted, in
   * milliseconds; default 30 000.
   */
  readonly redeclareMs?: number;
}

/**
 * Brings the messages of one queue to its `@EventOf(<queue>, …)`
 * handlers. A handler returns an Outcome; undefined means done, and a throw
 * means retry. One handler per type.
 */
export class RabbitTransport extends Server implements CustomTransportStrategy {
  /**
   * Failures come back to us, which makes them retries; Nest
   * need not report them as lost.
   */
  override readonly propagatesEventHandlerErrors = true;
  override readonly transportId: symbol;
  private consumer: QueueConsumer | undefined;

  constructor(private readonly options: RabbitTransportOptions) {
    super();
    this.transportId = transportOf(options.queue);
  }

  /**
   * Never waits for the broker.
   * @throws when two handlers share a type: each message has one outcome
   */
  override listen(callback: () => void): void {
    requireOneEach(this.messageHandlers);
    const {
      prefetch = 10,
      retryDelays = [1, 5, 15, 60, 300],
      healthy = () => Promise.resolve(true),
    } = this.options;
    const { redeclareMs = 30_000 } = this.options;
    const handle = (received: Received) => dispatch(this.messageHandlers, received);
    this.consumer = new QueueConsumer({
      ...this.options,
      prefetch,
      retryDelays,
      healthy,
      redeclareMs,
      handle,
    });
    callback();
  }

  /** Whether messages are delivered to it at the moment. */
  get active(): boolean {
    return this.consumer?.active ?? false;
  }

  /**
   * Bounded in time: unfinished messages return to the queue. Close
   * the connection afterwards.
   */
  override async close(): Promise<void> {
    await this.consumer?.close(this.options.drainMs ?? 7_000);
    this.consumer = undefined;
  }

  override on(): never {
    throw new Error('RabbitTransport has no events; the connection logs what happens');
  }

  override unwrap(): never {
    throw new Error('RabbitTransport has nothing to unwrap; the connection was handed to it');
  }
}
