import { randomUUID } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import { exchanges, helpdeskEventType, ticketEvent, type TicketStatus } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { customer, type KnownTicket, type Ledger } from '../harness/ledger.js';
import { scenarios } from '../harness/scenario.js';
import { deadLetters } from '../harness/in-flight.js';
import { type World } from '../harness/world.js';

const homes = {
  '/legacy-desk': { prefix: 'legacy:' },
  '/eu-desk': { prefix: 'eu:', user: 'operator' },
};
const shown = (number: number) => ({ status: 200, body: { items: [{ number }] } });

interface Word {
  readonly about: string;
  /** Also a word that nobody knows. */
  readonly status: string;
  readonly version: number;
  readonly source?: string;
  /** Of the broker, which refuses to carry another one than the publisher's own. */
  readonly userId?: string;
  readonly more?: object;
}

/** Somebody with the rights of an operator tells something on `helpdesk.events`. */
const say = (
  { broker }: World,
  { about: ticketId, status, version, source = '/legacy-desk', userId, more }: Word,
): Promise<void> => {
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source,
    type: helpdeskEventType,
    data: { ticketId, status, version, ...more },
  };
  const options = { messageId: event.id, ...(userId !== undefined && { userId }) };
  return broker.at((client) =>
    client.publish(exchanges.helpdesk, event.type, JSON.stringify(event), options),
  );
};

/** A mirrored ticket with an assignee and a credential. */
async function shareMirrored(
  world: World,
  ledger: Ledger,
  word: Omit<Word, 'status' | 'version'>,
): Promise<KnownTicket> {
  await say(world, { ...word, status: 'open', version: 1, more: { requesterId: customer } });
  const ticket = ledger.adopt(word.about);
  await waitUntilPasses(async () => {
    expect(await ledger.assign(ticket)).toMatchObject({ status: 200 });
  });
  expect(await ledger.submit(ticket)).toMatchObject({ status: 201 });
  return ticket;
}

/** Resolves when the event of its home was applied. */
async function follows(world: World, ticket: KnownTicket, status: TicketStatus): Promise<void> {
  const statement = 'SELECT 1 FROM ticket WHERE id = $1 AND status = $2';
  await waitFor(
    async () => (await world.databases.tickets.query(statement, [ticket.id, status])).length > 0,
  );
  ticket.status = status;
  ticket.crossings += 1;
}

describe('what others say of tickets', () => {
  const scenario = scenarios({ env: { HELPDESK_HOMES: JSON.stringify(homes) } });

  scenario("nobody ends somebody else's ticket, whatever they call themselves", {
    done: 'ends forged by source, by prefix, by broker user; a forged phase of a billion; a replayed end after a reopening',
    deadLetters: 5,
    play: async ({ world, ledger }) => {
      const own = await ledger.share();
      const legacy = await shareMirrored(world, ledger, { about: 'legacy:1' });
      const vouched = await shareMirrored(world, ledger, {
        about: 'eu:1',
        source: '/eu-desk',
        userId: 'operator',
      });
      const reopened = await shareMirrored(world, ledger, { about: 'legacy:2' });
      const end = { status: 'resolved', version: 2 } as const;
      await say(world, { about: reopened.id, ...end });
      await follows(world, reopened, 'resolved');
      await waitFor(async () => (await world.live(reopened)) === 0);
      await say(world, { about: reopened.id, status: 'open', version: 3 });
      await follows(world, reopened, 'open');
      expect(await ledger.submit(reopened)).toMatchObject({ status: 201 });

      await say(world, { about: own.id, ...end });
      await say(world, { about: own.id, ...end, source: '/tickets' });
      await say(world, { about: legacy.id, ...end, source: '/forged' });
      await say(world, { about: vouched.id, ...end });
      await say(world, { about: vouched.id, ...end, source: '/eu-desk' });
      await say(world, { about: reopened.id, ...end });
      await say(world, {
        about: legacy.id,
        status: 'pending',
        version: 2,
        more: { phase: 1_000_000_001 },
      });
      await tellAs(world.broker.urls.gateway, own);
      await waitFor(async () => (await deadLetters(world)) === 5);
      await waitFor(
        async () =>
          (
            await world.databases.tickets.query(
              "SELECT 1 FROM ticket WHERE id = $1 AND status = 'pending' AND phase = 0",
              [legacy.id],
            )
          ).length > 0,
      );
      legacy.status = 'pending';
      for (const [ticket, number] of [
        [own, 1],
        [legacy, 1],
        [vouched, 1],
        [reopened, 2],
      ] as const)
        expect(await ledger.reveal(ticket)).toMatchObject(shown(number));

      await say(world, { about: vouched.id, ...end, source: '/eu-desk', userId: 'operator' });
      await follows(world, vouched, 'resolved');
      await waitFor(async () => (await world.live(vouched)) === 0);
    },
  });

  scenario(
    'what nobody understands may be an end: nothing is revealed until its home is understood again, whoever dies meanwhile',
    {
      done: 'a home that tells a status that nobody knows; SIGKILL of tickets before the doubt, of credentials after it',
      deadLetters: 2,
      play: async ({ world, ledger }) => {
        const [[tickets], [credentials]] = [world.tickets, world.credentials];
        const ticket = await shareMirrored(world, ledger, { about: 'legacy:3' });
        expect(await ledger.reveal(ticket)).toMatchObject(shown(1));
        const step = await world.databases.tickets.breakAt({
          table: 'ticket_doubt',
          on: 'INSERT',
        });
        await say(world, { about: ticket.id, status: 'shredded', version: 2 });
        await step.reached();
        await tickets.kill();
        await step.rollBack();
        await tickets.start();
        await isWithheld(ledger, ticket);
        await credentials.kill();
        await credentials.start();
        await isWithheld(ledger, ticket);
        expect(await world.live(ticket)).toBe(1);

        await say(world, { about: ticket.id, status: 'pending', version: 3 });
        await waitUntilPasses(async () => {
          expect(await ledger.reveal(ticket)).toMatchObject(shown(1));
        });
        ticket.status = 'pending';
        await say(world, { about: ticket.id, status: 'shredded', version: 4 });
        await isWithheld(ledger, ticket);
        await say(world, { about: ticket.id, status: 'Closed', version: 5 });
        await follows(world, ticket, 'closed');
        await waitFor(async () => (await world.live(ticket)) === 0);
      },
    },
  );
});

const isWithheld = (ledger: Ledger, ticket: KnownTicket): Promise<void> =>
  waitUntilPasses(async () => {
    expect(await ledger.reveal(ticket)).toMatchObject({
      status: 503,
      body: { code: 'standing-unknown' },
    });
  });

/**
 * The very event that would end the ticket, from a user of the broker who may not
 * write it: the broker refuses.
 */
async function tellAs(url: string, { id }: KnownTicket): Promise<void> {
  const people = { requesterId: customer, assigneeId: null, home: '/tickets' };
  const data = {
    ticketId: id,
    status: 'closed',
    previousStatus: 'open',
    version: 9,
    phase: 1,
    ...people,
  } as const;
  const event = ticketEvent('ticket.status.changed', data, new Date());
  const stranger = await TestBroker.open(url);
  await stranger.publish(exchanges.ticket, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
  await stranger.close();
}
