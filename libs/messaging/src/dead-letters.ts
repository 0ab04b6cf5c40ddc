import { setTimeout as sleep } from 'node:timers/promises';
import { type ConfirmChannel, type GetMessage } from 'amqplib';
import { closeSoon } from './answers.js';
import { type BrokerConnection } from './broker-connection.js';
import { takeBrokerLock } from './broker-lock.js';
import { copiedHeaders, copiedProperties } from './copied-headers.js';
import { type Publication, publishOn } from './confirmations.js';
import { asDelivered, type DeadLetter, describe } from './dead-letter.js';
import { headerNames } from './received.js';
import { deadQueue, routesExchange } from './topology.js';

const publishTimeoutMs = 5_000;
const fewEnough = 16;
const mostLooks = 200;
/** A message is kept for its delivery tag only; its body may be large and is dropped. */
const nothing = Buffer.alloc(0);

/**
 * A dead letter while it is inspected. Unless replayed or
 * discarded, it stays where it is.
 */
export interface HeldDeadLetter extends DeadLetter {
  /**
   * Returns it to its queue as a first attempt. A crash in between may
   * duplicate it, but never loses it.
   * @throws UnroutableError where its queue is gone, BlockedError where the broker takes
   *   no messages; it stays a dead letter then
   */
  replay(): Promise<void>;
  /** Deletes it for good. */
  discard(): void;
}

/**
 * The dead letters of one consumer, for an operator.
 * `BrokerConnection.depth` counts them.
 */
export class DeadLetters {
  /** @param queue the consumer's queue, not the dead letters' own */
  constructor(
    private readonly connection: BrokerConnection,
    private readonly queue: string,
  ) {}

  /**
   * Goes through the dead letters, oldest first, as many as there were at the start:
   * one that is replayed and fails again comes back behind the others, and would
   * otherwise go round for ever.
   *
   * A queue has no random access. So every message passed is held, unacknowledged, until
   * the end, and then returns to its place; if the process or the connection dies, it
   * returns too, in any order. A second reader would find an empty queue meanwhile: hence
   * the lock. Each read counts as one delivery of the million that the queue allows.
   *
   * @throws BrokerUnavailableError while the broker is away, or does not answer;
   *   BrokerLockedError while somebody else looks; an error of the broker with `code` 404
   *   where the consumer has never run, 403 where the user of the connection may not
   */
  async *read(): AsyncGenerator<HeldDeadLetter, void, undefined> {
    const unlock = await takeBrokerLock(this.connection.consuming, `${deadQueue(this.queue)}.lock`);
    const channel = await this.connection.consuming.openChannel();
    // The error also rejects what was asked for; without a listener
    // it would end the process.
    channel.on('error', () => undefined);
    const held = new Set<GetMessage>();
    try {
      const { messageCount } = await channel.checkQueue(deadQueue(this.queue));
      for (let passed = 0; passed < messageCount; passed++) {
        const message = await channel.get(deadQueue(this.queue));
        if (!message) return;
        const receipt = { ...message, content: nothing };
        held.add(receipt);
        yield this.held(channel, message, () => held.delete(receipt));
      }
    } finally {
      // A channel that has died has given everything back by itself.
      await this.putBack(channel, [...held]).catch(() => undefined);
      await unlock();
    }
  }

  /**
   * A few at a time, one by one: messages returned all at once come back in any order
   * (tried: from 33 on). It also takes a while, so this waits; otherwise the next reader
   * would find only some of them, or none.
   */
  private async putBack(channel: ConfirmChannel, held: readonly GetMessage[]): Promise<void> {
    const ready = async (): Promise<number> =>
      (await channel.checkQueue(deadQueue(this.queue))).messageCount;
    const before = await ready();
    for (let back = 0; back < held.length; back += fewEnough) {
      for (const receipt of held.slice(back, back + fewEnough)) channel.nack(receipt);
      const expected = before + Math.min(back + fewEnough, held.length);
      for (let looks = 0; looks < mostLooks && (await ready()) < expected; looks++) await sleep(5);
    }
    await closeSoon(channel);
  }

  private held(channel: ConfirmChannel, message: GetMessage, gone: () => unknown): HeldDeadLetter {
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

  /**
   * Over the connection that publishes: an alarm blocks that one alone, and what is held
   * here must get back all the same.
   */
  private async giveBack(channel: ConfirmChannel, message: GetMessage): Promise<void> {
    const received = asDelivered(this.queue, message);
    const { messageId } = received;
    const headers = copiedHeaders(received, { [headerNames.attempt]: 1 });
    const options = {
      ...copiedProperties(received),
      messageId,
      headers,
      persistent: true,
      mandatory: true,
    };
    await this.publish({
      exchange: routesExchange(this.queue),
      routingKey: this.queue,
      body: message.content,
      options,
    });
    channel.ack(message);
  }

  /**
   * What is sent in an alarm gets no confirm, and is stored when the alarm is over: the
   * letter would be replayed and kept. A broker tells a connection of the alarm only once
   * something was published on it, so a message for no queue goes first.
   */
  private async publish(publication: Publication): Promise<void> {
    const { publishing } = this.connection;
    const channel = await publishing.openChannel();
    channel.on('error', () => undefined);
    const forNobody = {
      exchange: publication.exchange,
      routingKey: '',
      body: nothing,
      options: {},
    };
    try {
      await publishOn(publishing, channel, forNobody, publishTimeoutMs);
      await publishOn(publishing, channel, publication, publishTimeoutMs);
    } finally {
      await closeSoon(channel);
    }
  }
}
