import { describe, expect } from '@jest/globals';
import { EventStream } from '../../support/event-stream.js';
import { People } from '../../support/api.js';
import { waitFor } from '../../support/wait-for.js';
import { type OwnBroker } from '../harness/broker.js';
import { agent, type KnownTicket } from '../harness/ledger.js';
import { scenarios } from '../harness/scenario.js';
import { type World } from '../harness/world.js';

interface Trouble {
  readonly promise: string;
  readonly done: string;
  readonly begin: (world: World<OwnBroker>) => unknown;
  readonly end: (world: World<OwnBroker>) => unknown;
}

const cut = (promise: string, of: 'tickets' | 'credentials' | 'gateways'): Trouble => ({
  promise,
  done: `${of} alone cut off from the broker, and the tickets ended`,
  begin: (world) => {
    world[of][0].lines.broker.down();
  },
  end: (world) => {
    world[of][0].lines.broker.restore();
  },
});

const troubles: readonly Trouble[] = [
  {
    promise: 'is away',
    done: 'the broker SIGKILLed, and the tickets ended',
    begin: ({ broker }) => broker.kill(),
    end: ({ broker }) => broker.start(),
  },
  {
    promise: 'is frozen',
    done: 'the broker SIGSTOPped, and the tickets ended',
    begin: ({ broker }) => {
      broker.freeze();
    },
    end: ({ broker }) => {
      broker.thaw();
    },
  },
  {
    promise: 'is in an alarm',
    done: 'the broker out of memory (an alarm), and the tickets ended',
    begin: ({ broker }) => broker.alarm(),
    end: ({ broker }) => broker.calm(),
  },
  cut('cannot be reached by tickets', 'tickets'),
  cut('cannot be reached by credentials', 'credentials'),
  cut('cannot be reached by the gateway', 'gateways'),
];

const listen = async (world: World<OwnBroker>, { path }: KnownTicket): Promise<EventStream> => {
  const { url } = world.gateways[0];
  const stream = await EventStream.open(
    `${url}${path}/stream`,
    await new People(url).authorization(agent),
  );
  await stream.waitForEvent('sync');
  return stream;
};

const hasReceived = (stream: EventStream, status: string): boolean =>
  stream.events.some(({ type, data }) => type === 'ticket' && data.status === status);

/** Only the feed of changes can have found it: no process runs the reconciler. */
describe('an agent has a ticket open, and the broker', () => {
  const scenario = scenarios({ env: { CHANGES_SECONDS: '1' } });

  for (const { promise, done, begin, end } of troubles)
    scenario(
      `${promise}: the end is applied and told all the same, and its event does no harm later`,
      {
        done,
        play: async ({ world, ledger }) => {
          const ticket = await ledger.share();
          const stream = await listen(world, ticket);
          await begin(world);
          expect(await ledger.turn(ticket, 'resolved')).toMatchObject({ status: 200 });
          await waitFor(async () => (await world.live(ticket)) === 0);
          await waitFor(() => hasReceived(stream, 'resolved'));
          expect(await ledger.turn(ticket, 'open')).toMatchObject({ status: 200 });
          expect(await ledger.submit(ticket)).toMatchObject({ status: 201 });
          await end(world);
          stream.close();
        },
      },
    );
});
