import { type DeadLetter } from '../src/dead-letter.js';
import { type Binding } from '../src/topology.js';
import { InMemoryQueue, type Message } from './in-memory-queue.js';

/**
 * A broker for unit tests, gone with the process. With its publisher and its transport it
 * keeps every promise of test/conformance/messaging.ts.
 */
export class InMemoryBroker {
  private readonly queues = new Map<string, InMemoryQueue>();
  private readonly bindings = new Map<InMemoryQueue, readonly Binding[]>();

  /** Idempotent; what is in the queue stays. */
  declare(name: string, bindings: readonly Binding[]): InMemoryQueue {
    const queue = this.queues.get(name) ?? new InMemoryQueue(name);
    this.queues.set(name, queue);
    this.bindings.set(queue, bindings);
    return queue;
  }

  /** @returns how many queues took it */
  route(message: Message): number {
    const { exchange, type } = message;
    const bound = [...this.bindings].filter(([, bindings]) =>
      bindings.some(
        (binding) =>
          binding.exchange === exchange &&
          binding.keys.some((key) => matches(key.split('.'), type.split('.'))),
      ),
    );
    for (const [queue] of bound) queue.put(message);
    return bound.length;
  }

  /** What a queue's consumers could not get done, oldest first. */
  deadLetters(queue: string): readonly DeadLetter[] {
    return this.queues.get(queue)?.dead ?? [];
  }
}

/** Topic patterns, in words: `*` is one, `#` any number of them. */
function matches([pattern, ...patterns]: string[], words: string[]): boolean {
  if (pattern === undefined) return words.length === 0;
  if (pattern === '#')
    return (
      matches(patterns, words) || (words.length > 0 && matches(['#', ...patterns], words.slice(1)))
    );
  return (
    words.length > 0 &&
    (pattern === '*' || pattern === words[0]) &&
    matches(patterns, words.slice(1))
  );
}
