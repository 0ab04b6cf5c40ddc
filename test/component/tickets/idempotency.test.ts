import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(() => stage.stop());

const tally = (values: readonly unknown[]) => values.map(String).sort();

describe('Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name });

  it('gives the first answer again, whatever became of the ticket', async () => {
    const body = { subject: 'x', description: 'y' };
    const first = await ann.post('/v1/tickets', body, key('k1'));
    await agent.patch(`/v1/tickets/${first.body.id as string}`, {
      status: 'closed',
      assigneeId: 'alex',
    });
    const again = await ann.post('/v1/tickets', body, key('k1'));
    expect([
      again.status,
      again.body,
      again.headers.get('location'),
      again.headers.get('etag'),
    ]).toEqual([201, first.body, first.headers.get('location'), '"1"']);
    expect(
      (await ann.post('/v1/tickets', { ...body, requesterId: 'ann' }, key('k1'))).body,
    ).toEqual(first.body);
  });

  it('refuses another body, and keeps what was made', async () => {
    await ann.post('/v1/tickets', { subject: 'x' }, key('k2'));
    for (const body of [{ subject: 'y' }, { subject: 'x', description: 'z' }]) {
      expect(await ann.post('/v1/tickets', body, key('k2'))).toMatchObject({
        status: 422,
        body: { code: 'idempotency-conflict' },
      });
    }
    await agent.post('/v1/tickets', { subject: 'x', requesterId: 'ann' }, key('k3'));
    expect(
      (await agent.post('/v1/tickets', { subject: 'x', requesterId: 'bob' }, key('k3'))).status,
    ).toBe(422);
  });

  it('belongs to one actor, one route and one ticket', async () => {
    const bob = await stage.as('bob', ['customer']);
    const [one, two] = [await ann.open(), await ann.open()];
    const made = [
      await ann.post('/v1/tickets', { subject: 'x' }, key('k4')),
      await bob.post('/v1/tickets', { subject: 'y' }, key('k4')),
      await ann.post(`/v1/tickets/${one}/replies`, { body: 'x' }, key('k4')),
      await ann.post(`/v1/tickets/${two}/replies`, { body: 'y' }, key('k4')),
      await agent.post(`/v1/tickets/${one}/replies`, { body: 'z' }, key('k4')),
    ];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(5);
  });

  it('makes one ticket and one event of many requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ann.post('/v1/tickets', { subject: 'once' }, key('k5'))),
    );
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id as string}`)).size).toBe(
      1,
    );
    expect(await stage.database.query("SELECT 1 FROM ticket WHERE subject = 'once'")).toHaveLength(
      1,
    );
    expect(
      await stage.database.query('SELECT 1 FROM outbox WHERE payload->>$1 = $2', [
        'subject',
        answers[0]!.body.id,
      ]),
    ).toHaveLength(1);
  });

  it('makes one reply of many requests at once, and refuses another text', async () => {
    const path = `/v1/tickets/${await ann.open()}/replies`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ann.post(path, { body: 'once' }, key('k6'))),
    );
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size,
    ).toBe(1);
    expect(await ann.post(path, { body: 'twice' }, key('k6'))).toMatchObject({
      status: 422,
      body: { code: 'idempotency-conflict' },
    });
    expect((await ann.get(path)).body.items).toHaveLength(1);
  });

  it('keeps no body and no hash of one', async () => {
    const columns = await stage.database.query(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'idempotency'",
    );
    expect(tally(columns.map(({ name }) => name))).toEqual([
      'actor_id',
      'answer',
      'created_at',
      'key',
      'resource_id',
      'route',
      'ticket_id',
    ]);
    expect(
      await stage.database.query('SELECT 1 FROM idempotency WHERE answer IS NOT NULL'),
    ).toEqual([]);
  });
});
