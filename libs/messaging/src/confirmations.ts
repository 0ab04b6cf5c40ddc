import { type ConfirmChannel, type Message, type Options } from 'amqplib';
import { BlockedError, PublishError, reasonOf, UnroutableError } from './errors.js';
import { type RecoveringConnection } from './recovering-connection.js';

export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly options: Options.Publish;
}

interface Pending {
  readonly messageId: string | undefined;
  readonly settle: (error?: Error) => void;
}

/**
 * Publishes on a channel of this connection, and resolves on the confirm.
 * @throws BlockedError when the broker takes no messages, or stops to meanwhile; else
 *   like {@link Confirmations.publish}
 */
export async function publishOn(
  link: RecoveringConnection,
  channel: ConfirmChannel,
  publication: Publication,
  timeoutMs: number,
): Promise<void> {
  const blocked = (): boolean => link.blocked;
  if (blocked()) throw new BlockedError();
  try {
    await Confirmations.of(channel).publish(publication, timeoutMs);
  } catch (error) {
    throw blocked() && !(error instanceof UnroutableError) ? new BlockedError() : error;
  }
}

const attached = new WeakMap<ConfirmChannel, Confirmations>();

/** Tracks what was published on one channel and is not confirmed yet. */
export class Confirmations {
  private readonly pending = new Set<Pending>();

  private constructor(private readonly channel: ConfirmChannel) {
    channel.on('return', (message: Message) => {
      this.returned(message);
    });
  }

  static of(channel: ConfirmChannel): Confirmations {
    const known = attached.get(channel) ?? new Confirmations(channel);
    attached.set(channel, known);
    return known;
  }

  /**
   * Resolves when the broker took responsibility for the message.
   * @throws PublishError on a nack, a return, the loss of the
   *   channel, or after `timeoutMs`
   */
  publish({ exchange, routingKey, body, options }: Publication, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        clearTimeout(timer);
        this.pending.delete(entry);
        if (error) reject(error);
        else resolve();
      };
      const entry: Pending = { messageId: options.messageId, settle };
      const timer = setTimeout(() => {
        settle(new PublishError(`not confirmed within ${timeoutMs} ms`));
      }, timeoutMs);
      this.pending.add(entry);
      try {
        // amqplib calls back with an error on a nack, and for everything
        // unconfirmed when the channel closes.
        this.channel.publish(exchange, routingKey, body, options, (error: unknown) => {
          settle(error ? new PublishError(`not confirmed: ${reasonOf(error)}`) : undefined);
        });
      } catch (error) {
        // The channel is closed, or the library cannot encode the message.
        settle(new PublishError(`not sent: ${reasonOf(error)}`));
      }
    });
  }

  /**
   * RabbitMQ returns an unroutable message and acknowledges it, in this order: the return
   * must win. It names no delivery tag; should two messages of one id be under way, both
   * count as failed, which at worst publishes one of them again.
   */
  private returned({ properties, fields }: Message): void {
    const messageId = properties.messageId as string | undefined;
    for (const entry of this.pending) {
      if (entry.messageId === messageId)
        entry.settle(new UnroutableError(`no queue takes ${fields.routingKey}`));
    }
  }
}
