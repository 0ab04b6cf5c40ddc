import { randomUUID } from 'node:crypto';
import { type DeadLetter } from '../src/dead-letter.js';
import { type Parcel } from '../src/parcel.js';

export interface Message extends Parcel {
  readonly exchange: string;
  /** ISO 8601, UTC; undefined while nothing failed. */
  readonly firstFailedAt: string | undefined;
}

export interface Consumer {
  readonly hasRoom: boolean;
  take(message: Message): void;
}

/** Every message is waiting, in the hand of one consumer, or on its way back. */
export class InMemoryQueue {
  readonly dead: DeadLetter[] = [];
  private readonly waiting: Message[] = [];
  private readonly consumers = new Set<Consumer>();

  constructor(private readonly name: string) {}

  put(message: Message): void {
    this.waiting.push(message);
    this.deliver();
  }

  putLater(message: Message, seconds: number): void {
    setTimeout(() => {
      this.put(message);
    }, seconds * 1_000).unref();
  }

  /** What was delivered and has no outcome comes first, and may have been handled. */
  putBack(messages: readonly Message[]): void {
    this.waiting.unshift(...messages.map((message) => ({ ...message, redelivered: true })));
    this.deliver();
  }

  bury(
    { messageId = randomUUID(), type, headers, body, contentType, attempt, firstFailedAt }: Message,
    reason: string,
  ): void {
    const now = new Date().toISOString();
    const times = { firstFailedAt: firstFailedAt ?? now, lastFailedAt: now };
    const about = {
      id: messageId,
      queue: this.name,
      type,
      contentType: contentType as string | undefined,
    };
    this.dead.push({ ...about, headers, body, reason, attempts: attempt, ...times });
  }

  add(consumer: Consumer): void {
    this.consumers.add(consumer);
    this.deliver();
  }

  remove(consumer: Consumer): void {
    this.consumers.delete(consumer);
  }

  /** Hands out what waits as long as somebody has room for it. */
  deliver(): void {
    for (const consumer of this.consumers) {
      while (this.consumers.has(consumer) && consumer.hasRoom) {
        const message = this.waiting.shift();
        if (message === undefined) return;
        consumer.take(message);
      }
    }
  }
}
