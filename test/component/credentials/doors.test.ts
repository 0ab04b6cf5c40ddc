import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Standing } from '#contracts';
import { hold, waitersFor } from './held.js';
import { type Answer } from '../../support/api.js';
import { absentBroker } from '../../support/broker.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  secret,
  sharedTicket,
  startCredentials,
} from './harness.js';

const leaseMs = 1000;
let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ standingLeaseSeconds: leaseMs / 1000 });
});
afterAll(() => service.stop());

async function shared() {
  const ticket = await sharedTicket(service);
  const requests = `/v1/tickets/${ticket.ticketId}/credential-requests`;
  const { body } = await service.call('agent-1', 'POST', requests, { message: 'the open one' });
  return { ...ticket, requests, request: `${requests}/${body.id}` };
}

type Shared = Awaited<ReturnType<typeof shared>>;

/** Another person is on the ticket now. */
const taken: Partial<Standing> = { assigneeId: 'agent-2', requesterId: 'customer-2' };

const doors: readonly [string, number, (at: Shared) => Promise<Answer>][] = [
  ['reveal of all', 403, ({ path }) => service.call('agent-1', 'POST', `${path}/reveal`)],
  ['reveal of one', 403, ({ one }) => service.call('agent-1', 'POST', `${one}/reveal`)],
  [
    'edit',
    403,
    ({ one }) =>
      service.call('agent-1', 'PATCH', one, { additionalInformation: 'x' }, { 'if-match': '*' }),
  ],
  ['delete', 403, ({ one }) => service.call('agent-1', 'DELETE', one)],
  ['submit', 404, ({ path }) => service.call('customer-1', 'POST', path, secret)],
  ['request', 403, ({ requests }) => service.call('agent-1', 'POST', requests, {})],
  ['withdrawal of a request', 403, ({ request }) => service.call('agent-1', 'DELETE', request)],
];

/** All that these calls could have changed. */
const state = async (ticketId: string) => ({
  credentials: await service.database.query('SELECT * FROM credential WHERE ticket_id = $1', [
    ticketId,
  ]),
  requests: await service.database.query('SELECT * FROM credential_request WHERE ticket_id = $1', [
    ticketId,
  ]),
  done: await service.database.query(
    `SELECT action FROM access_log WHERE ticket_id = $1 AND outcome = 'done'`,
    [ticketId],
  ),
});

describe('who lost the ticket while a lease ran out', () => {
  it.each(['gate', 'log'] as const)(
    'does nothing by any door at which they waited for the %s',
    async (what) => {
      const waiting = await Promise.all(
        doors.map(async ([name, status, act]) => {
          const ticket = await shared();
          const before = await state(ticket.ticketId);
          const held = await hold(service, ticket.ticketId, what);
          return { name, status, ticket, before, held, answer: act(ticket) };
        }),
      );
      await waitersFor(service, doors.length);
      await sleep(leaseMs);
      for (const { ticket } of waiting) service.tickets.set(ticket.ticketId, taken);
      await Promise.all(waiting.map(({ held }) => held.letGo()));
      for (const { name, status, ticket, before, answer } of waiting) {
        expect([name, (await answer).status]).toEqual([name, status]);
        expect([name, await state(ticket.ticketId)]).toEqual([name, before]);
      }
    },
  );

  it('withdraws what they submitted themselves all the same: that rests on no lease', async () => {
    const ticket = await shared();
    const held = await hold(service, ticket.ticketId, 'gate');
    const answer = service.call('customer-1', 'DELETE', ticket.one);
    await waitersFor(service);
    service.tickets.set(ticket.ticketId, taken);
    await held.letGo();
    expect(await answer).toMatchObject({ status: 204 });
  });

  it('is told that the truth is not known where every answer is too old when it comes', async () => {
    const ticket = await shared();
    service.tickets.before = () => sleep(leaseMs);
    const answer = await service.call('agent-1', 'DELETE', ticket.one);
    service.tickets.before = () => Promise.resolve();
    expect(answer).toMatchObject({ status: 503, body: { code: 'standing-unknown' } });
  });
});

it('a service without leases does what an answer permits, though the work takes a moment', async () => {
  const eager = await replicaOf(service, {
    standingLeaseSeconds: 0,
    rabbitmqUrl: absentBroker,
  });
  try {
    const { path, one, requests } = await shared();
    const calls = [
      ['POST', `${path}/reveal`],
      ['PATCH', one, { additionalInformation: 'x' }, { 'if-match': '*' }],
      ['POST', requests, {}],
      ['DELETE', one],
    ] as const;
    for (const [method, to, body, headers] of calls)
      expect((await eager.call('agent-1', method, to, body, headers)).status).toBeLessThan(300);
  } finally {
    await eager.stop();
  }
});
