import { type DeadLetter, type OutgoingMessage } from '#messaging';
import { type Answer, type Handled } from '../component/messaging/harness.js';
import { waitFor } from '../support/wait-for.js';

/**
 * One handler, of `thing.happened`, at the end of one queue that is bound to
 * `thing.*` of {@link exchange}.
 */
export interface ConsumerUnderTest {
  /** What the handler was given, in order. */
  readonly handled: readonly Handled[];
  /** What it is to answer; nothing at first. */
  answer: Answer;
  close(): Promise<void>;
}

export interface ConsumerOptions {
  readonly healthy: () => Promise<boolean>;
  readonly drainMs?: number;
}

/** One implementation of messaging. */
export interface MessagingUnderTest {
  /** Mandatory. */
  publish(message: OutgoingMessage): Promise<void>;
  /**
   * Resolves when it consumes. A message has one attempt more
   * than there are {@link delays}.
   */
  consume(options: ConsumerOptions): Promise<ConsumerUnderTest>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Empties the queue. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export { delays, exchange } from '../component/messaging/harness.js';

export const type = 'thing.happened';

export const message = (messageId: string, text = '{"n":1}'): OutgoingMessage => ({
  routingKey: type,
  messageId,
  body: Buffer.from(text),
});

/**
 * What a test of the suite works at: one consumer, which may be closed and started again.
 */
export class MessagingBench {
  healthy = true;
  private current: ConsumerUnderTest | undefined;

  constructor(private readonly tested: MessagingUnderTest) {}

  get consumer(): ConsumerUnderTest {
    if (this.current === undefined) throw new Error('nobody consumes');
    return this.current;
  }

  get ids(): (string | undefined)[] {
    return this.consumer.handled.map(({ context }) => context.messageId);
  }

  get attempts(): number[] {
    return this.consumer.handled.map(({ context }) => context.attempt);
  }

  publish(outgoing: OutgoingMessage): Promise<void> {
    return this.tested.publish(outgoing);
  }

  async start(options: Partial<ConsumerOptions> = {}): Promise<void> {
    this.current = await this.tested.consume({
      healthy: () => Promise.resolve(this.healthy),
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.current?.close();
  }

  /** Resolves when so many were handed over. */
  handled(count: number): Promise<readonly Handled[]> {
    return waitFor(() => this.consumer.handled.length >= count && this.consumer.handled);
  }

  /** Resolves when there are any. */
  deadLetters(): Promise<readonly DeadLetter[]> {
    return waitFor(async () => {
      const found = await this.tested.deadLetters();
      return found.length > 0 && found;
    });
  }

  /** Lets another consumer see what is left of everything before. */
  async leftovers(): Promise<{ waiting: (string | undefined)[]; dead: readonly DeadLetter[] }> {
    await this.stop();
    await this.start();
    await this.publish(message('last'));
    await waitFor(() => this.ids.includes('last'));
    return {
      waiting: this.ids.filter((id) => id !== 'last'),
      dead: await this.tested.deadLetters(),
    };
  }
}

export const nothing = { waiting: [], dead: [] };
