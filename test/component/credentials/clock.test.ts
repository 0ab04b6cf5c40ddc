import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer } from '../../support/api.js';
import {
  type CredentialsUnderTest,
  sharedTicket,
  type SharedTicket,
  startCredentials,
} from './harness.js';
import { hold, waitersFor } from './held.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: 60 });
});
afterAll(() => service.stop());

const reveal = (path: string) => service.call('agent-1', 'POST', `${path}/reveal`);
const edit = (one: string) =>
  service.call('agent-1', 'PATCH', one, { additionalInformation: 'x' }, { 'if-match': '*' });
const expireNow = 'UPDATE credential SET expires_at = clock_timestamp() WHERE id = $1';
const revealsLogged = async (ticketId: string) => {
  const { body } = await service.call('admin-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
  return (body.items as { action: string; credentialId: string }[])
    .filter(({ action }) => action === 'reveal')
    .map((entry) => entry.credentialId);
};

/** The first credential expires while the call waits. */
async function expiringWhileItWaits(
  ticket: SharedTicket,
  what: 'gate' | 'log' | 'rows',
  call: () => Promise<Answer>,
): Promise<Answer> {
  const held = await hold(service, ticket.ticketId, what);
  const answer = call();
  await waitersFor(service);
  await held.query(expireNow, [ticket.id]);
  await held.letGo();
  return answer;
}

describe('a credential that expires while its reveal waits', () => {
  it.each(['gate', 'log', 'rows'] as const)(
    'for the %s is not in the answer, which holds the others',
    async (what) => {
      const ticket = await sharedTicket(service, { count: 2 });
      const { status, body } = await expiringWhileItWaits(ticket, what, () => reveal(ticket.path));
      expect([status, body.items.map(({ id }: { id: string }) => id)]).toEqual([
        200,
        ticket.ids.slice(1),
      ]);
    },
  );

  it.each(['gate', 'log', 'rows'] as const)(
    'for the %s is not there: 404, and no entry says that it was revealed',
    async (what) => {
      const ticket = await sharedTicket(service);
      expect(await expiringWhileItWaits(ticket, what, () => reveal(ticket.one))).toMatchObject({
        status: 404,
      });
      expect(await revealsLogged(ticket.ticketId)).toEqual([]);
    },
  );

  it.each(['gate', 'log'] as const)('for the %s is not in the log either', async (what) => {
    const ticket = await sharedTicket(service, { count: 2 });
    await expiringWhileItWaits(ticket, what, () => reveal(ticket.path));
    expect(await revealsLogged(ticket.ticketId)).toEqual(ticket.ids.slice(1));
  });
});

it.each(['gate', 'log', 'rows'] as const)(
  'an edit that waits for the %s finds no credential that has expired meanwhile',
  async (what) => {
    const ticket = await sharedTicket(service);
    expect(await expiringWhileItWaits(ticket, what, () => edit(ticket.one))).toMatchObject({
      status: 404,
    });
  },
);

describe('the time of a call that waited for a lock', () => {
  const databaseTime = async () =>
    (
      await service.database.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    )[0]!.now.getTime();

  /** @returns the database's time when the gate was let go */
  async function afterAWait(ticketId: string, call: () => Promise<Answer>): Promise<number> {
    const held = await hold(service, ticketId, 'gate');
    const answer = call();
    await waitersFor(service);
    const time = await databaseTime();
    await held.letGo();
    expect((await answer).status).toBeLessThan(300);
    return time;
  }

  it('is, for a reveal, when it was done and not when it began to wait, as in the log', async () => {
    const { ticketId, path } = await sharedTicket(service);
    const time = await afterAWait(ticketId, () => reveal(path));
    const { lastRevealedAt } = (await service.call('agent-1', 'GET', path)).body.items[0];
    const log = (await service.call('agent-1', 'GET', `/v1/tickets/${ticketId}/access-log`)).body
      .items;
    expect(Date.parse(lastRevealedAt)).toBeGreaterThanOrEqual(time);
    expect(log[0]).toMatchObject({ action: 'reveal', at: lastRevealedAt });
  });

  it('is, for a request for credentials, when it was done, as in the log', async () => {
    const { ticketId } = await sharedTicket(service);
    const requests = `/v1/tickets/${ticketId}/credential-requests`;
    const time = await afterAWait(ticketId, () => service.call('agent-1', 'POST', requests, {}));
    const { createdAt } = (await service.call('agent-1', 'GET', requests)).body.items[0];
    const log = (await service.call('agent-1', 'GET', `/v1/tickets/${ticketId}/access-log`)).body
      .items;
    expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(time);
    expect(log[0]).toMatchObject({ action: 'request', at: createdAt });
  });
});
