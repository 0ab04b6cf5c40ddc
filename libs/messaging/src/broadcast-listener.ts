import { randomUUID } from 'node:crypto';
import { type ConfirmChannel } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { ChannelKeeper } from './channel-keeper.js';
import { type Binding } from './topology.js';

export interface BroadcastListenerOptions {
  readonly connection: BrokerConnection;
  /** Of the queue, before what makes it this process's own. */
  readonly name: string;
  readonly bindings: readonly Binding[];
  /** Must not throw. A body is at most what a publisher of ours writes; whoever cannot read it leaves it. */
  readonly onMessage: (body: Buffer) => void;
  /** Called whenever it listens (again): what was published meanwhile has been missed. */
  readonly onListening: () => void;
}

/** A process that cannot keep up misses the oldest, as it misses what is published while it is not connected. */
const maxQueued = 10_000;

/**
 * Hears everything that is published from now on, in a queue of this process alone, which goes with its connection. Nothing is
 * acknowledged, kept, or heard twice: for news that somebody looks at, never for work that has to be done.
 */
export class BroadcastListener {
  private readonly keeper: ChannelKeeper;

  constructor(private readonly options: BroadcastListenerOptions) {
    const { connection, name } = options;
    this.keeper = new ChannelKeeper({ link: connection.consuming, name: `listener ${name}`, setup: (channel) => this.setUp(channel) });
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
    await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false, maxLength: maxQueued });
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
