import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { hold, letCommitsBeHeld, waitersFor } from './held.js';
import { type Answer } from '../../support/api.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  secret,
  type SharedTicket,
  sharedTicket,
  startCredentials,
} from './harness.js';

const leaseMs = 1000;
let service: CredentialsUnderTest;
/** Has leases of a minute, and its database behind a line that can be held. */
let distant: CredentialsUnderTest;
let line: TcpProxy;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: leaseMs / 1000 });
  const { hostname, port } = new URL(service.database.serviceUrl);
  line = await TcpProxy.to(hostname, Number(port));
  distant = await replicaOf(service, {
    standingLeaseSeconds: 60,
    databaseUrl: line.through(service.database.serviceUrl),
  });
  await letCommitsBeHeld(service);
});
afterAll(async () => {
  await distant.stop();
  await line.close();
  await service.stop();
});

const idsOf = ({ body }: Answer): string[] => (body.items as { id: string }[]).map(({ id }) => id);
const withdraw = async (at: CredentialsUnderTest, { one }: SharedTicket): Promise<void> => {
  expect((await at.call('customer-1', 'DELETE', one)).status).toBe(204);
};

describe('a reveal that waited for longer than its lease', () => {
  /** What happens between the question and its answer, at the end of the wait. */
  async function revealed(
    ticket: SharedTicket,
    path: string,
    meanwhile: () => Promise<unknown>,
  ): Promise<Answer> {
    const held = await hold(service, ticket.ticketId, 'gate');
    const revealing = service.call('agent-1', 'POST', `${path}/reveal`);
    await waitersFor(service);
    await sleep(leaseMs);
    const happening = meanwhile();
    await waitersFor(service, 2);
    service.tickets.before = async () => {
      await happening;
    };
    await held.letGo();
    return revealing.finally(() => (service.tickets.before = () => Promise.resolve()));
  }

  it('is 404 where the one credential was withdrawn meanwhile', async () => {
    const ticket = await sharedTicket(service);
    expect(await revealed(ticket, ticket.one, () => withdraw(distant, ticket))).toMatchObject({
      status: 404,
    });
  });

  it('of all leaves out what was withdrawn meanwhile', async () => {
    const ticket = await sharedTicket(service, { count: 2 });
    const answer = await revealed(ticket, ticket.path, () => withdraw(distant, ticket));
    expect([answer.status, idsOf(answer)]).toEqual([200, ticket.ids.slice(1)]);
  });
});

describe('a reveal whose commit had to be waited for', () => {
  const time = async () =>
    (await service.database.query<{ now: Date }>('SELECT clock_timestamp() AS now'))[0]!.now;

  it.each([
    [
      'of one is 404 where that has expired meanwhile',
      ({ one }: SharedTicket) => one,
      404,
      undefined,
    ],
    ['of all leaves out what has expired meanwhile', ({ path }: SharedTicket) => path, 200, 1],
  ] as const)('%s', async (_, at, status, others) => {
    const ticket = await sharedTicket(service, { count: 2 });
    const expiry = new Date((await time()).getTime() + 1000);
    await service.database.query('UPDATE credential SET expires_at = $2 WHERE id = $1', [
      ticket.ids[0],
      expiry,
    ]);
    const held = await hold(service, ticket.ticketId, 'commits');
    const revealing = distant.call('agent-1', 'POST', `${at(ticket)}/reveal`);
    await waitersFor(service);
    await waitFor(async () => (await time()) > expiry);
    await held.letGo();
    const answer = await revealing;
    expect([answer.status, answer.body.items && idsOf(answer)]).toEqual([
      status,
      others && ticket.ids.slice(1),
    ]);
  });

  /** The database has committed, and says so when `meanwhile` has happened. */
  async function revealedAfter(
    ticket: SharedTicket,
    path: string,
    meanwhile: () => Promise<unknown>,
  ): Promise<Answer> {
    const held = await hold(service, ticket.ticketId, 'commits');
    const revealing = distant.call('agent-1', 'POST', `${path}/reveal`);
    await waitersFor(service);
    line.hold();
    await held.letGo();
    await meanwhile();
    // Longer than a moment, which is not worth another look.
    await sleep(200);
    line.restore();
    return revealing;
  }

  it('of one is 404 where that was withdrawn before the commit was known', async () => {
    const ticket = await sharedTicket(service);
    expect(await revealedAfter(ticket, ticket.one, () => withdraw(service, ticket))).toMatchObject({
      status: 404,
    });
  });

  it('of all leaves out what was withdrawn before the commit was known', async () => {
    const ticket = await sharedTicket(service, { count: 2 });
    expect(
      idsOf(await revealedAfter(ticket, ticket.path, () => withdraw(service, ticket))),
    ).toEqual(ticket.ids.slice(1));
  });

  it('has the note as it reads now', async () => {
    const ticket = await sharedTicket(service);
    const edit = async () => {
      const edited = await service.call(
        'agent-1',
        'PATCH',
        ticket.one,
        { additionalInformation: 'newer' },
        { 'if-match': '*' },
      );
      expect(edited.status).toBe(200);
    };
    const {
      additionalInformation: note,
      noteVersion,
      password,
    } = (await revealedAfter(ticket, ticket.one, edit)).body;
    expect([note, noteVersion, password]).toEqual(['newer', 2, secret.password]);
  });

  it('is 409 where the ticket has ended before the commit was known', async () => {
    const ticket = await sharedTicket(service);
    const end = async () => {
      service.tickets.set(ticket.ticketId, { status: 'closed', phase: 1 });
      // Whoever asks applies the end.
      expect((await service.call('customer-1', 'POST', ticket.path, secret)).status).toBe(409);
    };
    expect(await revealedAfter(ticket, ticket.one, end)).toMatchObject({
      status: 409,
      body: { code: 'ticket-ended' },
    });
  });
});
