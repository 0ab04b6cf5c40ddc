import { setTimeout as sleep } from 'node:timers/promises';
import { type ConfirmChannel, type GetMessage } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { takeBrokerLock } from './broker-lock.js';
import { carriedHeaders, carriedProperties } from './carried.js';
import { Confirmations } from './confirmations.js';
import { asDelivered, type DeadLetter, describe } from './dead-letter.js';
import { own } from './received.js';
import { deadQueue, routesExchange } from './topology.js';

const publishTimeoutMs = 5_000;
const fewEnough = 16;
const mostLooks = 200;
/** Bodies may be large; a receipt to give a message back by needs none. */
const nothing = Buffer.alloc(0);

/** A dead letter in hand, while it is looked at. What nothing is done to stays where it is. */
export interface DeadLetterInHand extends DeadLetter {
  /**
   * Gives it back to its queue as a first attempt. A crash in between makes two of one, never none.
   * @throws UnroutableError where its queue is gone; it stays a dead letter then
   */
  replay(): Promise<void>;
  /** Deletes it for good. */
  discard(): void;
}

/** What one consumer could not get done, for an operator. How many there are tells `BrokerConnection.depth`. */
export class DeadLetters {
  /** @param queue the consumer's queue, not the dead letters' own */
  constructor(
    private readonly connection: BrokerConnection,
    private readonly queue: string,
  ) {}

  /**
   * Goes through the dead letters, oldest first, as many as there were at the start: one that is replayed and fails again comes back
   * behind the others, and would otherwise go round for ever.
   *
   * A queue has no random access. So all that is passed is held, unacknowledged, until the end, and returns then to where it was. It
   * returns too when the process or the connection dies, in any order. Whoever looked meanwhile would find nothing: that is what the lock
   * is for. Each look counts as a delivery, of the million that the queue allows.
   *
   * @throws BrokerUnavailableError while the broker is away; BrokerLockedError while somebody else looks; an error of the broker with
   * `code` 404 where the consumer has never run, 403 where the user of the connection may not
   */
  async *read(): AsyncGenerator<DeadLetterInHand, void, undefined> {
    const unlock = await takeBrokerLock(this.connection.publishing, `${deadQueue(this.queue)}.lock`);
    const channel = await this.connection.publishing.openChannel();
    // The error also rejects what was asked for; without a listener it would end the process.
    channel.on('error', () => undefined);
    const held = new Set<GetMessage>();
    try {
      const { messageCount } = await channel.checkQueue(deadQueue(this.queue));
      for (let passed = 0; passed < messageCount; passed++) {
        const message = await channel.get(deadQueue(this.queue));
        if (!message) return;
        const receipt = { ...message, content: nothing };
        held.add(receipt);
        yield this.inHand(channel, message, () => held.delete(receipt));
      }
    } finally {
      // A channel that has died has given everything back by itself.
      await this.putBack(channel, [...held]).catch(() => undefined);
      await unlock();
    }
  }

  /**
   * A few at a time, and each by itself: what the broker is given back in one go comes back in any order (tried: from 33 on). And it takes
   * its time, so this waits, or the next one to look would find some of them, or none.
   */
  private async putBack(channel: ConfirmChannel, held: readonly GetMessage[]): Promise<void> {
    const ready = async (): Promise<number> => (await channel.checkQueue(deadQueue(this.queue))).messageCount;
    const before = await ready();
    for (let back = 0; back < held.length; back += fewEnough) {
      for (const receipt of held.slice(back, back + fewEnough)) channel.nack(receipt);
      const expected = before + Math.min(back + fewEnough, held.length);
      for (let looks = 0; looks < mostLooks && (await ready()) < expected; looks++) await sleep(5);
    }
    await channel.close();
  }

  private inHand(channel: ConfirmChannel, message: GetMessage, gone: () => unknown): DeadLetterInHand {
    return {
      ...describe(this.queue, message),
      replay: async () => {
        await this.giveBack(channel, message);
        gone();
      },
      discard: () => {
        channel.ack(message);
        gone();
      },
    };
  }

  private async giveBack(channel: ConfirmChannel, message: GetMessage): Promise<void> {
    const received = asDelivered(this.queue, message);
    const { messageId } = received;
    const headers = carriedHeaders(received, { [own.attempt]: 1 });
    const options = { ...carriedProperties(message.properties), messageId, headers, persistent: true, mandatory: true };
    const publication = { exchange: routesExchange(this.queue), routingKey: this.queue, body: message.content, options };
    await Confirmations.of(channel).publish(publication, publishTimeoutMs);
    channel.ack(message);
  }
}
