import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { exchanges, queues, type TicketStatus } from '#contracts';
import { deadQueue } from '#messaging';
import { waitFor } from '../../support/wait-for.js';
import { type Ledger } from '../harness/ledger.js';
import { type AddScenario } from '../harness/scenario.js';
import { type OwnBroker } from '../harness/broker.js';
import { EventDiversion, type PublishedEvent } from '../harness/event-diversion.js';
import { type World } from '../harness/world.js';

const dead = deadQueue(queues.credentialsTicketEvents);

/** Everything that was published before this has been handled when it resolves. */
async function barrier(world: World, ledger: Ledger): Promise<void> {
  const ticket = await ledger.share();
  await ledger.turn(ticket, 'closed');
  await waitFor(async () => (await world.live(ticket)) === 0);
}

/**
 * A ticket that goes through `changes`, with a credential at first, and another
 * after a reopening if `again`.
 */
async function live(
  ledger: Ledger,
  changes: readonly TicketStatus[],
  again: boolean,
): Promise<void> {
  const ticket = await ledger.share();
  for (const status of changes) {
    await ledger.turn(ticket, status);
    if (status === 'open' && again) await ledger.submit(ticket);
  }
}

/** Everything that the diversion has taken. */
async function diverted(world: World, diversion: EventDiversion): Promise<PublishedEvent[]> {
  await waitFor(
    async () => (await world.databases.tickets.query('SELECT 1 FROM outbox')).length === 0,
  );
  return diversion.close();
}

/** Why each dead letter is one. */
const reasons = ({ broker }: World): Promise<string[]> =>
  broker.at((client) =>
    client.act(async (channel) => {
      const found: string[] = [];
      for (let message = await channel.get(dead); message; message = await channel.get(dead))
        found.push(message.properties.headers?.['x-reason'] as string);
      return found;
    }),
  );

const forged = (
  { type, messageId, body }: PublishedEvent,
  change: object,
  data: object,
): PublishedEvent => {
  const event = JSON.parse(body) as { data: object };
  return {
    type,
    messageId,
    body: JSON.stringify({ ...event, ...change, data: { ...event.data, ...data } }),
  };
};

export const eventScenarios = (scenario: AddScenario<OwnBroker>) => {
  describe('events that come as they like', () => {
    scenario('repeated, shuffled, reopened before closed: the end state is that of tickets', {
      done: 'every event of nine tickets delivered three times, shuffled; once more in reverse',
      play: async ({ world, ledger }) => {
        const diversion = await EventDiversion.start(world.broker);
        for (const changes of [
          ['resolved'],
          ['resolved', 'open'],
          ['resolved', 'open', 'closed'],
        ] as const) {
          for (const again of [true, false, true]) await live(ledger, changes, again);
        }
        const events = await diverted(world, diversion);
        const [shuffled = []] = fc.sample(
          fc.shuffledSubarray([...events, ...events, ...events], { minLength: events.length * 3 }),
          {
            numRuns: 1,
            seed: 7,
          },
        );
        await diversion.deliver(shuffled);
        await diversion.deliver(events.toReversed());
        await barrier(world, ledger);
      },
    });

    scenario(
      'an old end, replayed after the reopening, ends nothing; nor does one of a source or a phase that was made up',
      {
        done: 'a replayed end after a reopening; a forged source; a forged phase of a billion',
        deadLetters: 1,
        play: async ({ world, ledger }) => {
          const diversion = await EventDiversion.start(world.broker);
          const ticket = await ledger.share();
          await ledger.turn(ticket, 'resolved');
          const events = await diverted(world, diversion);
          const end = events.find(({ type }) => type === 'ticket.status.changed')!;
          await diversion.deliver([end]);
          await waitFor(async () => (await world.live(ticket)) === 0);
          await ledger.turn(ticket, 'open');
          expect(await ledger.submit(ticket)).toMatchObject({ status: 201 });
          await diversion.deliver([
            end,
            forged(end, { source: '/legacy-desk' }, { phase: 3, version: 5 }),
            forged(end, {}, { phase: 1_000_000_001, version: 1_000_000_001 }),
          ]);
          await barrier(world, ledger);
          expect(await ledger.reveal(ticket)).toMatchObject({
            status: 200,
            body: { items: [{ number: 2 }] },
          });
        },
      },
    );

    scenario(
      'what cannot be read is kept with its reason, takes nobody down and blocks nothing behind it',
      {
        done: 'poison in front of an end: not JSON, a wrong schema, 8 MiB, 16 MiB that are 400 in memory',
        deadLetters: 4,
        play: async ({ world, ledger }) => {
          const ticket = await ledger.share();
          const mebibyte = 2 ** 20;
          const poison = [
            '{',
            '{"specversion":"1.0"}',
            'x'.repeat(8 * mebibyte),
            `[${'{},'.repeat(5 * mebibyte)}0]`,
          ];
          await world.broker.at(async (broker) => {
            for (const body of poison)
              await broker.publish(exchanges.ticket, 'ticket.status.changed', body);
          });
          await ledger.turn(ticket, 'resolved');
          await waitFor(async () => (await world.live(ticket)) === 0);
          await waitFor(async () => (await reasons(world)).length >= poison.length);
          const why = [
            'id is missing or wrong',
            'larger than 1 MiB',
            'larger than 1 MiB',
            'not JSON in UTF-8',
          ];
          expect((await reasons(world)).slice(-poison.length).sort()).toEqual(why);
        },
      },
    );
  });
};
