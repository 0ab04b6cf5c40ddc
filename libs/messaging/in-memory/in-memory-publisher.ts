import {
  type ConfirmedPublisherOptions,
  type OutgoingMessage,
} from '../src/confirmed-publisher.js';
import { PublishError, UnroutableError } from '../src/errors.js';
import { type InMemoryBroker } from './in-memory-broker.js';

/** Publishes to one exchange, as ConfirmedPublisher does. */
export class InMemoryPublisher {
  constructor(
    private readonly broker: InMemoryBroker,
    private readonly options: Pick<ConfirmedPublisherOptions, 'exchange' | 'mandatory'>,
  ) {}

  publish({
    exchange = this.options.exchange,
    routingKey,
    messageId,
    body,
    headers = {},
    properties = {},
  }: OutgoingMessage): Promise<void> {
    if (exchange !== this.options.exchange)
      return Promise.reject(new PublishError(`this publisher is for ${this.options.exchange}`));
    const { contentType, contentEncoding } = properties;
    const fresh = { attempt: 1, redelivered: false, firstFailedAt: undefined, userId: undefined };
    const takers = this.broker.route({
      messageId,
      exchange,
      type: routingKey,
      contentType,
      contentEncoding,
      headers,
      body,
      ...fresh,
    });
    return takers === 0 && this.options.mandatory
      ? Promise.reject(new UnroutableError(`no queue takes ${routingKey}`))
      : Promise.resolve();
  }
}
