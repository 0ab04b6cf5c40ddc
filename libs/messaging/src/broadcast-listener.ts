import { randomUUID } from 'node:crypto';
import { type ConfirmChannel } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { type Binding } from './topology.js';

export interface BroadcastListenerOptions {
  readonly connection: BrokerConnection;
  /** Prefix of the queue's name; a random part follows. */
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** Must not throw. A body that it cannot read is to be ignored. */
  readonly onMessage: (body: Buffer) => void;
  /**
   * Called whenever it starts to listen, also after an interruption: events
   * published before that were missed.
   */
  readonly onListening: () => void;
}

/**
 * A process that cannot keep up loses the oldest messages, just as it misses those
 * published while it is disconnected.
 */
const maxQueued = 10_000;

/**
 * Receives everything published from now on, in a queue of this process alone, which is
 * deleted with its connection. Nothing is acknowledged, stored or redelivered: for live
 * updates, never for work that must be done.
 */
export class BroadcastListener {
  private readonly keeper: ChannelKeeper;

  constructor(private readonly options: BroadcastListenerOptions) {
    const { connection, name } = options;
    this.keeper = new ChannelKeeper({
      link: connection.consuming,
      name: `listener ${name}`,
      setup: (channel) => this.setUp(channel),
    });
  }

  get listening(): boolean {
    return this.keeper.current !== undefined;
  }

  close(): Promise<void> {
    return this.keeper.close();
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    const { name, bindings, onMessage, onListening } = this.options;
    const queue = `${name}.${randomUUID()}`;
    await channel.assertQueue(queue, {
      exclusive: true,
      autoDelete: true,
      durable: false,
      maxLength: maxQueued,
    });
    for (const { exchange, keys } of bindings) {
      await channel.assertExchange(exchange, 'topic', { durable: true });
      for (const key of keys) await channel.bindQueue(queue, exchange, key);
    }
    const deliver = (message: { readonly content: Buffer } | null): void => {
      if (message) onMessage(message.content);
      else this.keeper.rebuild(channel, 'the broker cancelled the listener');
    };
    await channel.consume(queue, deliver, { noAck: true });
    onListening();
  }
}
