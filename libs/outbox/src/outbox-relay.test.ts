import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { InMemoryOutbox } from '#in-memory/outbox';
import { type OutboxEvent, OutboxRelay, type Publish } from './index.js';

const quiet = { info: () => undefined, warn: () => undefined };
const leaseMs = 4;
const away = Object.assign(new Error('away'), { brokerAway: true });

/**
 * What happens to one attempt to publish: the broker has it or not, and says so, in
 * time or not, or is not there.
 */
const fates = [
  'confirmed',
  'stored, but not confirmed',
  'confirmed after the lease',
  'lost',
  'away',
] as const;
type Fate = (typeof fates)[number];

/** A broker to which happens what is foretold, and nothing more when that is used up. */
class FatefulBroker {
  readonly stored = new Set<string>();

  constructor(private readonly foretold: Fate[]) {}

  readonly publish: Publish = ({ messageId }) => {
    const fate = this.foretold.shift() ?? 'confirmed';
    if (fate !== 'lost' && fate !== 'away') this.stored.add(messageId);
    if (fate === 'confirmed') return Promise.resolve();
    if (fate === 'confirmed after the lease') return sleep(2 * leaseMs);
    return Promise.reject(fate === 'away' ? away : new Error(fate));
  };
}

const anEvent = (n: number): OutboxEvent => ({ id: `event-${n}`, type: 'thing.happened' });

describe('relays', () => {
  it('publish every event that was committed and none that was not, whatever happens to the broker, to them, and in between', async () => {
    const transactions = fc.array(
      fc.record({ events: fc.integer({ min: 1, max: 4 }), commits: fc.boolean() }),
      { maxLength: 8 },
    );
    const relays = fc.array(
      fc.record({
        batchSize: fc.integer({ min: 1, max: 5 }),
        diesAfterMs: fc.integer({ min: 0, max: 4 }),
      }),
      {
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        transactions,
        relays,
        fc.array(fc.constantFrom(...fates), { maxLength: 20 }),
        async (work, doomed, fate) => {
          const outbox = new InMemoryOutbox();
          const broker = new FatefulBroker([...fate]);
          const options = {
            outbox,
            publish: broker.publish,
            log: quiet,
            pollMs: 1,
            leaseMs,
            maxRetryDelayMs: 1,
          };
          const dying = doomed.map(async ({ batchSize, diesAfterMs }) => {
            const relay = new OutboxRelay({ ...options, batchSize });
            relay.start();
            await sleep(diesAfterMs);
            await relay.stop(0);
          });
          const committed: string[] = [];
          let count = 0;
          for (const { events, commits } of work) {
            const written = Array.from({ length: events }, () => anEvent(count++));
            await outbox
              .transaction(async (append) => {
                await append('test', written);
                if (!commits) throw new Error('rolled back');
              })
              .then(() => committed.push(...written.map(({ id }) => id)))
              .catch(() => undefined);
          }
          await Promise.all(dying);
          const last = new OutboxRelay(options);
          last.start();
          while ((await outbox.stats()).depth > 0) await sleep(1);
          await last.stop(0);
          expect([...broker.stored].sort()).toEqual(committed.sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});
