import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { isObservable, lastValueFrom } from 'rxjs';
import { type BrokerConnection } from './broker-connection.js';
import { reasonOf } from './errors.js';
import { type MessagingLog } from './messaging-log.js';
import { type Outcome, reject, retry, toOutcome } from './outcome.js';
import { QueueConsumer } from './queue-consumer.js';
import { RabbitContext } from './rabbit-context.js';
import { type Received } from './received.js';
import { type Binding } from './topology.js';

export interface RabbitTransportOptions {
  readonly connection: BrokerConnection;
  /** A name with a version: the arguments of a declared queue cannot change. */
  readonly queue: string;
  readonly bindings: readonly Binding[];
  /** Messages handled at the same time; default 10. */
  readonly prefetch?: number;
  /** Asked while consuming is paused by an `unavailable`; consuming goes on when it answers true. Default: at once. */
  readonly healthy?: () => Promise<boolean>;
  readonly log: MessagingLog;
  /** In seconds, growing. A message has one attempt more than there are delays. Default 1, 5, 15, 60, 300. */
  readonly retryDelays?: readonly number[];
  /** How long `close` waits for handlers, in milliseconds; default 10 000. */
  readonly drainMs?: number;
}

/**
 * Brings the messages of one queue to `@EventPattern(<type>)` handlers: `(payload: unknown, context: RabbitContext)`. What a handler
 * answers is an Outcome; nothing means done, and a throw means retry. One handler per type; a type without one is kept as a dead letter.
 */
export class RabbitTransport extends Server implements CustomTransportStrategy {
  /** Failures come back to us, which makes them retries; Nest need not report them as lost. */
  override readonly propagatesEventHandlerErrors = true;
  private consumer: QueueConsumer | undefined;

  constructor(private readonly options: RabbitTransportOptions) {
    super();
  }

  /** Never waits for the broker. */
  override listen(callback: () => void): void {
    const { prefetch = 10, retryDelays = [1, 5, 15, 60, 300], healthy = () => Promise.resolve(true) } = this.options;
    const handle = (received: Received): Promise<Outcome> => this.handle(received);
    this.consumer = new QueueConsumer({ ...this.options, prefetch, retryDelays, healthy, handle });
    callback();
  }

  /** Bounded: what is not finished in time goes back to the queue. Close the connection afterwards. */
  override async close(): Promise<void> {
    await this.consumer?.close(this.options.drainMs ?? 10_000);
    this.consumer = undefined;
  }

  override on(): never {
    throw new Error('RabbitTransport has no events; the connection logs what happens');
  }

  override unwrap(): never {
    throw new Error('RabbitTransport has nothing to unwrap; the connection was handed to it');
  }

  private async handle(received: Received): Promise<Outcome> {
    // A map look-up on purpose: Nest's own would parse the type, which the publisher chose, as JSON.
    const handler = this.messageHandlers.get(received.type);
    if (!handler) return reject('no handler for this type');
    const payload = parse(received.message.content);
    if (payload === undefined) return reject('not JSON');
    try {
      const parent = propagation.extract(ROOT_CONTEXT, received.headers);
      return await context.with(parent, async () => toOutcome(await settled(handler(payload, new RabbitContext(received)))));
    } catch (error) {
      return retry(`the handler threw: ${reasonOf(error)}`);
    }
  }
}

/** Nest answers with a promise, of an observable where something threw. */
async function settled(answer: unknown): Promise<unknown> {
  const value = await answer;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}

/** @returns undefined when it is not JSON, which JSON itself cannot say */
function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
