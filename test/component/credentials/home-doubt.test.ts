import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { doubtedHeader, exchanges, queues, type Standing, ticketEvent } from '#contracts';
import { absentBroker, TestBroker } from '../../support/broker.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  metric,
  replicaOf,
  secret,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';

let service: CredentialsUnderTest;
/**
 * Holds leases of a minute, and nobody tells it anything: the broker that
 * it connects to is not there.
 */
let deaf: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials();
  deaf = await replicaOf(service, { standingLeaseSeconds: 60, rabbitmqUrl: absentBroker });
  broker = await TestBroker.open();
  await waitFor(() => broker.consumers(queues.credentialsTicketEvents));
});
afterAll(async () => {
  await broker.close();
  await deaf.stop();
  await service.stop();
});

const reveal = async (at: CredentialsUnderTest, path: string) =>
  (await at.call('agent-1', 'POST', `${path}/reveal`)).status;

async function shared() {
  const ticket = await sharedTicket(service);
  expect([await reveal(service, ticket.path), await reveal(deaf, ticket.path)]).toEqual([200, 200]);
  return ticket;
}

/** `tickets` has changed its mind, and says so. */
async function tell(ticketId: string, change: Partial<Standing>): Promise<Standing> {
  const standing = service.tickets.set(ticketId, change);
  const event = ticketEvent(
    'ticket.status.changed',
    { ...standing, previousStatus: 'open' },
    new Date(),
  );
  await broker.publish(exchanges.ticket, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
  return standing;
}

const gateIsAt = ({ ticketId, version }: Standing) =>
  waitFor(
    async () =>
      (
        await service.database.query(
          'SELECT 1 FROM ticket_gate WHERE ticket_id = $1 AND version = $2',
          [ticketId, version],
        )
      ).length > 0,
  );

/** A standing has no such thing as a doubt that is none. */
function certain(ticketId: string): void {
  const standing = { ...service.tickets.answers.get(ticketId)! };
  Reflect.deleteProperty(standing, 'doubted');
  service.tickets.answers.set(ticketId, standing);
}

describe('while tickets is in doubt about a ticket itself', () => {
  it('nothing is revealed as soon as that is told, by a replica that holds a lease and heard nothing either, and nothing is destroyed', async () => {
    const { ticketId, path } = await shared();
    const before = await metric(service, 'standing_faults_total{fault="not-understood"');
    await gateIsAt(await tell(ticketId, { doubted: true }));
    expect([await reveal(service, path), await reveal(deaf, path)]).toEqual([503, 503]);
    expect(await stored(service, ticketId)).toBe(1);
    expect(await metric(service, 'standing_faults_total{fault="not-understood"')).toBeGreaterThan(
      before,
    );
    const [doubt] = await service.database.query(
      'SELECT fault FROM standing_doubt WHERE ticket_id = $1',
      [ticketId],
    );
    expect(doubt).toEqual({ fault: 'not-understood' });
  });

  it('the question whether one may listen is answered with that doubt, and without it where tickets cannot be reached', async () => {
    const { ticketId, path } = await shared();
    const listen = async () => {
      const { status, headers } = await service.call(
        'agent-1',
        'GET',
        path.replace(/credentials$/, 'stream'),
      );
      return [status, headers.get(doubtedHeader)];
    };
    service.tickets.set(ticketId, { doubted: true });
    expect(await listen()).toEqual([503, 'true']);
    service.tickets.reachable = false;
    expect(await listen()).toEqual([503, null]);
    service.tickets.reachable = true;
    certain(ticketId);
    expect(await listen()).toEqual([204, null]);
  });

  it('it is asked again at each call, and what is shared is revealed once it is certain', async () => {
    const { ticketId, path } = await shared();
    await gateIsAt(await tell(ticketId, { doubted: true }));
    expect(await reveal(service, path)).toBe(503);
    certain(ticketId);
    service.tickets.set(ticketId);
    expect([await reveal(service, path), await reveal(deaf, path)]).toEqual([200, 200]);
  });

  it('strangers are answered as about what does not exist, and who may not act is refused, both of which is written down', async () => {
    const { ticketId, path, one } = await shared();
    service.tickets.set(ticketId, { doubted: true });
    const asked = async (actor: string, method: string, at: string, body?: object) => {
      const { status, body: told } = await service.call(actor, method, at, body, {
        'if-match': '*',
      });
      return { status, title: told.title, code: told.code, detail: told.detail };
    };
    const calls = (at: string, credential: string) =>
      [
        ['GET', at],
        ['POST', at, secret],
        ['POST', `${at}/reveal`],
        ['GET', credential],
        ['DELETE', credential],
        ['GET', at.replace(/credentials$/, 'destruction-receipts')],
        ['GET', at.replace(/credentials$/, 'access-log')],
      ] as const;
    const elsewhere = '/v1/tickets/nowhere/credentials';
    const absent = calls(elsewhere, one.replace(path, elsewhere));
    for (const [at, [method, there, body]] of calls(path, one).entries()) {
      const [, nowhere] = absent[at]!;
      expect(await asked('customer-2', method, there, body)).toEqual(
        await asked('customer-2', method, nowhere, body),
      );
    }
    expect(await asked('agent-2', 'POST', `${path}/reveal`)).toMatchObject({ status: 403 });
    const refused = `
      SELECT actor_id AS actor, action
      FROM access_log
      WHERE ticket_id = $1
        AND outcome = 'refused'
      ORDER BY seq`;
    expect(await service.database.query(refused, [ticketId])).toEqual([
      { actor: 'customer-2', action: 'submit' },
      { actor: 'customer-2', action: 'reveal' },
      { actor: 'customer-2', action: 'delete' },
      { actor: 'agent-2', action: 'reveal' },
    ]);
  });

  it('those who submitted something may withdraw it', async () => {
    const { ticketId, one } = await shared();
    await gateIsAt(await tell(ticketId, { doubted: true }));
    expect((await service.call('customer-1', 'DELETE', one)).status).toBe(204);
    expect(await stored(service, ticketId)).toBe(0);
  });

  it('what was shared before an end that it does know of is destroyed', async () => {
    const { ticketId } = await shared();
    await tell(ticketId, { phase: 2, doubted: true });
    await waitUntilPasses(async () => {
      expect(await stored(service, ticketId)).toBe(0);
    });
  });

  it('an end that it understands destroys', async () => {
    const { ticketId } = await shared();
    await gateIsAt(await tell(ticketId, { doubted: true }));
    certain(ticketId);
    await tell(ticketId, { status: 'closed', phase: 1 });
    await waitUntilPasses(async () => {
      expect(await stored(service, ticketId)).toBe(0);
    });
  });
});
