import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type CredentialsDestroyedData,
  credentialsDestroyedEvent,
  exchanges,
  maxCredentialsAsked,
  queues,
} from '#contracts';
import { deadQueue, routesExchange } from '#messaging';
import { connect } from '#postgres';
import { RememberDestroyed } from '../../../apps/tickets/src/commands/remember-destroyed.js';
import { forgetExpired } from '../../../apps/tickets/src/persistence/witness.js';
import { TestBroker } from '../../support/broker.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

const queue = queues.ticketsCredentialEvents;

let broker: TestBroker;
let stage: TicketsUnderTest;
let service: Client;
beforeAll(async () => {
  broker = await TestBroker.open();
  await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
  await broker.deleteQueues(queue, deadQueue(queue));
  stage = await startTickets({ rabbitmqUrl: broker.url });
  service = await stage.as('service:credentials', ['service']);
  await waitFor(() => broker.consumers(queue));
});
afterAll(async () => {
  await stage.stop();
  await broker.close();
});

const ask = (body: object) => service.post('/internal/witness', body);
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** What `credentials` says of a destruction. */
function eventOf(change: Partial<CredentialsDestroyedData>) {
  const data = {
    ticketId: 'T-1',
    phase: 0,
    reason: 'withdrawn',
    credentialIds: [randomUUID()],
    receiptId: randomUUID(),
    expiresAt: inAnHour(),
    ...change,
  } as const;
  return credentialsDestroyedEvent(data, new Date());
}

/** Publishes as `credentials` does. */
async function destroyed(
  change: Partial<CredentialsDestroyedData> = {},
): Promise<CredentialsDestroyedData> {
  const event = eventOf(change);
  await broker.publish(exchanges.credential, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
  return event.data as CredentialsDestroyedData;
}

describe('POST /internal/witness', () => {
  it('keeps the latest mark of each database, whatever order they are told in', async () => {
    const [database, other] = [randomUUID(), randomUUID()];
    expect(await ask({ database })).toMatchObject({
      status: 200,
      body: { statement: null, destroyed: [] },
    });
    const report = async (life: number, beat: number) =>
      (await ask({ database, life, beat, statement: `${life}/${beat}` })).body.statement;
    expect([
      await report(1, 5),
      await report(1, 4),
      await report(1, 9),
      await report(2, 0),
      await report(1, 99),
    ]).toEqual(['1/5', '1/5', '1/9', '2/0', '2/0']);
    expect((await ask({ database: other })).body.statement).toBeNull();
  });

  it('knows all that were destroyed at the same moment, beside one that cannot be remembered', async () => {
    const database = await connect({ url: stage.database.serviceUrl });
    const command = new RememberDestroyed(database);
    // A time to JavaScript, and none to the database.
    const events = ['12', ...Array.from({ length: 30 }, inAnHour)].map((expiresAt) =>
      eventOf({ expiresAt }),
    );
    const done = await Promise.allSettled(events.map((event) => command.execute(event)));
    await database.destroy();
    expect(done.map(({ status }) => status)).toEqual([
      'rejected',
      ...Array<string>(30).fill('fulfilled'),
    ]);
    const [bad = '', ...good] = events.flatMap(
      ({ data }) => (data as CredentialsDestroyedData).credentialIds,
    );
    const { body } = await ask({ database: randomUUID(), credentialIds: [bad, ...good] });
    const known = body.destroyed as { credentialId: string }[];
    expect(known.map(({ credentialId }) => credentialId)).toEqual(good.sort());
  });

  it('knows which credentials were destroyed, however often it is told, until they would have expired', async () => {
    const { credentialIds, receiptId, reason } = await destroyed({
      credentialIds: [randomUUID(), randomUUID()],
    });
    const lasting = await destroyed({ credentialIds, expiresAt: undefined });
    const short = await destroyed({
      expiresAt: new Date(Date.now() - 2 * 86_400_000).toISOString(),
    });
    const known = (ids: readonly string[]) => ask({ database: randomUUID(), credentialIds: ids });
    await waitUntilPasses(async () => {
      expect((await known(short.credentialIds)).body.destroyed).toHaveLength(1);
      expect((await known([...lasting.credentialIds, randomUUID()])).body.destroyed).toEqual(
        [...credentialIds].sort().map((credentialId) => ({ credentialId, receiptId, reason })),
      );
    });
    const role = await connect({ url: stage.database.serviceUrl });
    await forgetExpired(role);
    await role.destroy();
    expect((await known(short.credentialIds)).body.destroyed).toEqual([]);
    expect((await known(credentialIds)).body.destroyed).toHaveLength(2);
  });

  it('is for services alone, and says what it cannot read', async () => {
    const answer = await (
      await stage.as('x', ['customer', 'agent', 'admin'])
    ).post('/internal/witness', {});
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const tooMany = Array.from({ length: maxCredentialsAsked + 1 }, () => randomUUID());
    for (const [body, pointer] of [
      [{}, '/database'],
      [{ database: 'x' }, '/database'],
      [{ database: randomUUID(), credentialIds: tooMany }, '/credentialIds'],
      [{ database: randomUUID(), credentialIds: ['x'] }, '/credentialIds'],
      [{ database: randomUUID(), life: 0, beat: 1, statement: 'x' }, '/life'],
    ] as const)
      expect(await ask(body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  it('sets aside an event that is none of ours', async () => {
    await broker.publish(
      exchanges.credential,
      'credentials.destroyed',
      JSON.stringify({ specversion: '1.0' }),
    );
    await waitFor(async () => (await broker.depth(deadQueue(queue))) === 1);
  });
});
