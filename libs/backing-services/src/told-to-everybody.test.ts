import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { InMemoryBroker, InMemoryPublisher, InMemoryTransport } from '#in-memory/messaging';
import { InMemoryOutbox } from '#in-memory/outbox';
import { done, type Outcome, type RabbitContext, reject, retry, unavailable } from '#messaging';
import { OutboxRelay } from '#outbox';

const quiet = { info: () => undefined, warn: () => undefined };
const type = 'thing.happened';
const [exchange, queue] = ['test', 'test.v1'];

/** What becomes of a delivery; `hangs`: its consumer dies with it in hand. */
const fates = ['done', 'retry', 'throws', 'reject', 'unavailable', 'hangs'] as const;
type Fate = (typeof fates)[number];

const answers: Readonly<Record<Fate, () => Promise<Outcome>>> = {
  done: () => Promise.resolve(done()),
  retry: () => Promise.resolve(retry('not yet')),
  throws: () => Promise.reject(new Error('boom')),
  reject: () => Promise.resolve(reject('refused')),
  unavailable: () => Promise.resolve(unavailable('no database')),
  hangs: () => new Promise(() => undefined),
};

/**
 * Somebody who listens, and dies when a delivery hangs. To each delivery happens what is
 * foretold, and then nothing bad any more.
 */
class Listener {
  readonly got = new Set<string | undefined>();
  private readonly transport;
  private hanging: () => void = () => undefined;
  private readonly hung = new Promise<void>((resolve) => (this.hanging = resolve));

  constructor(broker: InMemoryBroker, foretold: Fate[]) {
    const bindings = [{ exchange, keys: ['thing.#'] }];
    this.transport = new InMemoryTransport({
      broker,
      queue,
      bindings,
      prefetch: 3,
      retryDelays: [0.001, 0.002],
      drainMs: 0,
    });
    const handle = (_payload: unknown, { messageId }: RabbitContext): Promise<Outcome> => {
      const fate = foretold.shift() ?? 'done';
      if (fate === 'done') this.got.add(messageId);
      if (fate === 'hangs') this.hanging();
      return answers[fate]();
    };
    this.transport.addHandler(type, handle, true);
    this.transport.listen(() => undefined);
  }

  /** Dies when it hangs, or when its time has come. */
  async die(afterMs: number): Promise<void> {
    await Promise.race([this.hung, sleep(afterMs)]);
    await this.transport.close();
  }
}

describe('an event that was committed', () => {
  it('is done by a consumer or kept with its reason, whatever handlers answer and however often they die', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.constantFrom(...fates), { maxLength: 30 }),
        async (transactions, foretold) => {
          const [outbox, broker] = [new InMemoryOutbox(), new InMemoryBroker()];
          const publisher = new InMemoryPublisher(broker, { exchange, mandatory: true });
          const publish = (message: Parameters<typeof publisher.publish>[0]) =>
            publisher.publish(message);
          const relay = new OutboxRelay({
            outbox,
            publish,
            log: quiet,
            pollMs: 1,
            maxRetryDelayMs: 1,
          });
          relay.start();
          const committed: string[] = [];
          for (const size of transactions) {
            const events = Array.from({ length: size }, (_, n) => ({
              id: `event-${committed.length + n}`,
              type,
            }));
            await outbox.transaction((append) => append(exchange, events));
            committed.push(...events.map(({ id }) => id));
          }
          const got = new Set<string | undefined>();
          const ended = () => new Set([...got, ...broker.deadLetters(queue).map(({ id }) => id)]);
          for (let rounds = 0; rounds < 100 && ended().size < committed.length; rounds += 1) {
            const listener = new Listener(broker, foretold);
            await listener.die(20);
            for (const id of listener.got) got.add(id);
          }
          await relay.stop(0);
          expect([...ended()].sort()).toEqual(committed.sort());
          for (const { reason, attempts } of broker.deadLetters(queue))
            expect([`${reason} ${attempts}`, attempts]).toEqual([
              expect.stringMatching(/^(refused [123]|not yet 3|the handler threw 3)$/),
              attempts,
            ]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
