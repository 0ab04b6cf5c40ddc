import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrate } from '#postgres';
import { grants, migrations } from '../../../apps/tickets/src/persistence/schema.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;
let service: pg.Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
  service = new pg.Client(stage.database.serviceUrl);
  service.on('error', () => undefined);
  await service.connect();
});
afterAll(async () => {
  await service.end();
  await stage.stop();
});

describe("the service's database role", () => {
  it.each([
    'CREATE TABLE x (id int)',
    'CREATE TEMPORARY TABLE x (id int)',
    'ALTER TABLE ticket DROP CONSTRAINT ticket_phase_is_odd_while_ended',
    'DROP TABLE outbox',
    'TRUNCATE reply',
    'DELETE FROM ticket',
    'DELETE FROM ticket_mirror',
    'DELETE FROM reply',
    "UPDATE reply SET body = 'x'",
    'DELETE FROM migration',
  ])('may not %s', async (statement) => {
    await expect(service.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('is granted the same at every start', async () => {
    await migrate({
      migrationUrl: stage.database.ownerUrl,
      serviceUrl: stage.database.serviceUrl,
      migrations,
      grants,
    });
    await expect(ann.open()).resolves.toBeDefined();
  });
});

describe('the database itself', () => {
  it.each([
    ['resolved', 2],
    ['closed', 0],
    ['open', 1],
    ['pending', 3],
    ['on_hold', 5],
  ])('cannot hold a %s ticket in phase %i', async (status, phase) => {
    const insert = service.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       VALUES ('t', '/tickets', 's', $1, 1, $2, now(), now())`,
      [status, phase],
    );
    await expect(insert).rejects.toThrow(/ticket_phase_is_odd_while_ended/);
  });
});

describe('a change and its event', () => {
  it('are written together: without the event there is no change', async () => {
    const id = await ann.open({ subject: 'before' });
    await stage.database.query('ALTER TABLE outbox ADD CONSTRAINT broken CHECK (false) NOT VALID');
    try {
      expect(
        await ann.post('/v1/tickets', { subject: 'lost' }, { 'idempotency-key': 'k' }),
      ).toMatchObject({
        status: 500,
        body: { code: 'internal' },
      });
      expect((await agent.patch(`/v1/tickets/${id}`, { status: 'resolved' })).status).toBe(500);
    } finally {
      await stage.database.query('ALTER TABLE outbox DROP CONSTRAINT broken');
    }
    expect(await stage.database.query("SELECT 1 FROM ticket WHERE subject = 'lost'")).toEqual([]);
    expect((await ann.get(`/v1/tickets/${id}`)).body).toMatchObject({ status: 'open', version: 1 });
    expect(
      (await ann.post('/v1/tickets', { subject: 'lost' }, { 'idempotency-key': 'k' })).status,
    ).toBe(201);
  });

  it('are committed together: a change that fails at its commit leaves no event', async () => {
    const id = await ann.open();
    const events = () =>
      stage.database.query("SELECT type FROM outbox WHERE payload->>'subject' = $1", [id]);
    const before = await events();
    await stage.database.query(
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE 'broken'; END $$`,
    );
    await stage.database.query(
      `CREATE CONSTRAINT TRIGGER broken
         AFTER UPDATE ON ticket
         DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION broken()`,
    );
    try {
      expect((await agent.patch(`/v1/tickets/${id}`, { status: 'resolved' })).status).toBe(500);
    } finally {
      await stage.database.query('DROP FUNCTION broken CASCADE');
    }
    expect(await events()).toEqual(before);
    expect((await ann.get(`/v1/tickets/${id}`)).body).toMatchObject({ status: 'open', version: 1 });
  });
});

describe('a database that is away', () => {
  it('is answered 503 with Retry-After, fails the readiness, and is forgotten when it is back', async () => {
    const id = await ann.open();
    await stage.database.cutOff();
    const away = await ann.get(`/v1/tickets/${id}`);
    expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(away.headers.get('retry-after')).toBe('5');
    expect((await ann.post('/v1/tickets', { subject: 'x' })).status).toBe(503);
    expect(await stage.anonymous.get('/readyz')).toMatchObject({
      status: 503,
      body: { checks: { database: 'failed' } },
    });
    expect((await stage.anonymous.get('/metrics')).status).toBe(200);
    expect((await stage.anonymous.get('/livez')).status).toBe(200);
    await stage.database.letIn();
    expect((await ann.get(`/v1/tickets/${id}`)).status).toBe(200);
    expect(await stage.anonymous.get('/readyz')).toMatchObject({
      status: 200,
      body: { checks: { database: 'ok', broker: 'warning' } },
    });
  });
});
