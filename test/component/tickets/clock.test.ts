import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { liftVerbs } from '../../../apps/tickets/src/cli/lift.verbs.js';
import { withClockOff } from '../../support/clock-off.js';
import { valueOf } from '../../support/metrics.js';
import { runVerbs } from '../../support/verbs.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;
beforeAll(async () => {
  stage = await startTickets();
  [ann, agent] = [await stage.as('ann', ['customer']), await stage.as('alex', ['agent'])];
});
afterAll(() => stage.stop());

/** The database's clock, in milliseconds, cut off as its columns are rounded. */
async function databaseTime(): Promise<number> {
  const [row] = await stage.database.query<{ ms: number }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  return row!.ms;
}

/**
 * Does it, and returns what the answer says of times, each of which the
 * database's clock showed meanwhile.
 */
async function timed(act: () => Promise<{ readonly body: Record<string, unknown> }>) {
  const before = await databaseTime();
  const { body } = await act();
  const after = (await databaseTime()) + 1;
  const times = Object.entries(body).filter(
    ([name]) => name === 'updatedAt' || (name === 'createdAt' && body.updatedAt === undefined),
  );
  for (const [, time] of times) {
    expect(Date.parse(String(time))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(String(time))).toBeLessThanOrEqual(after);
  }
  expect(times).toHaveLength(1);
  return body;
}

const publishedTimes = async (id: unknown): Promise<unknown[]> => {
  const rows = await stage.database.query(
    `SELECT payload->>'time' AS time FROM outbox WHERE payload->>'subject' = $1 ORDER BY seq`,
    [id],
  );
  return rows.map(({ time }) => time);
};

describe.each([3, -3])('a service whose clock is off by %i minutes', (minutes) => {
  it("gives tickets, replies and events the database's time", () =>
    withClockOff(minutes, async () => {
      const opened = await timed(() => ann.post('/v1/tickets', { subject: 'Login fails' }));
      expect(opened.createdAt).toBe(opened.updatedAt);
      const path = `/v1/tickets/${String(opened.id)}`;
      const changed = await timed(() =>
        agent.patch(path, { status: 'resolved', assigneeId: 'alex' }),
      );
      expect(changed.createdAt).toBe(opened.createdAt);
      expect(await publishedTimes(opened.id)).toEqual([
        opened.createdAt,
        changed.updatedAt,
        changed.updatedAt,
      ]);
      expect((await ann.get(path)).body).toEqual(changed);
      const reply = await timed(() => ann.post(`${path}/replies`, { body: 'Thanks' }));
      expect((await ann.get(`${path}/replies`)).body.items).toEqual([reply]);
    }));
});

it('a service whose clock is off by more than the tolerance says so, judges no token, and recovers at once', async () => {
  const metric = async () => valueOf(await stage.anonymous.metrics(), 'clock_offset_seconds');
  const readiness = () => stage.anonymous.get('/readyz');
  expect(await readiness()).toMatchObject({ status: 200, body: { checks: { clock: 'ok' } } });
  expect(Math.abs((await metric())!)).toBeLessThan(2);
  for (const minutes of [6, -6]) {
    await withClockOff(minutes, async () => {
      expect(await readiness()).toMatchObject({
        status: 503,
        body: { checks: { clock: 'failed', database: 'ok' } },
      });
      const refused = await ann.get('/v1/tickets');
      expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(refused.headers.get('retry-after')).toBe('30');
      expect(await stage.anonymous.get('/v1/tickets')).toMatchObject({ status: 401 });
      expect(Math.abs((await metric())! - 60 * minutes)).toBeLessThan(30);
    });
    expect((await ann.get('/v1/tickets')).status).toBe(200);
    expect((await readiness()).status).toBe(200);
  }
});

it('replies are listed, and paged, by the time of the database, whichever service wrote them', async () => {
  const path = `/v1/tickets/${await ann.open()}/replies`;
  const texts = ['1', '2', '3', '4'];
  for (const [at, text] of texts.entries()) {
    const { id } = (await ann.post(path, { body: text })).body;
    // Within one process ids never go back.
    const byAnother = uuidv7({ msecs: Date.now() + (at % 2 === 0 ? 3 : -3) * 60_000 });
    await stage.database.query('UPDATE reply SET id = $2 WHERE id = $1', [id, byAnother]);
  }
  const seen: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await ann.get(`${path}?limit=1${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((reply) => reply.body));
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(texts);
});

it('the time of a change never goes back, whatever was written before', async () => {
  const id = await ann.open();
  await stage.database.query(
    "UPDATE ticket SET updated_at = clock_timestamp() + interval '1 hour' WHERE id = $1",
    [id],
  );
  const { updatedAt } = (await ann.get(`/v1/tickets/${id}`)).body;
  expect((await agent.patch(`/v1/tickets/${id}`, { status: 'pending' })).body).toMatchObject({
    version: 2,
    updatedAt,
  });
});

it('an end by a service that is two minutes behind is not taken for one from before the restore', async () => {
  const id = await ann.open();
  await stage.database.query(
    "UPDATE ticket SET updated_at = clock_timestamp() - interval '1 hour' WHERE id = $1",
    [id],
  );
  const restoredAt = new Date((await databaseTime()) - 90_000).toISOString();
  await withClockOff(-2, async () => {
    expect((await agent.patch(`/v1/tickets/${id}`, { status: 'resolved' })).status).toBe(200);
  });
  const file = join(mkdtempSync(join(tmpdir(), 'lift-')), 'gates.jsonl');
  const gate = {
    ticketId: id,
    status: 'open',
    version: 9,
    phase: 2,
    requesterId: 'ann',
    assigneeId: 'alex',
    credentials: 1,
  };
  writeFileSync(file, `${JSON.stringify(gate)}\n{"gates":1}\n`);
  const env = { TICKETS_DATABASE_URL: stage.database.serviceUrl };
  const { code, out } = await runVerbs(
    liftVerbs,
    ['lift', file, '--restored-at', restoredAt, '--yes'],
    env,
  );
  expect([code, out]).toEqual([
    1,
    expect.stringMatching(/: UNDECIDED, version 2, phase 1, resolved, /),
  ]);
  expect((await ann.get(`/v1/tickets/${id}`)).body).toMatchObject({
    status: 'resolved',
    version: 2,
  });
});
