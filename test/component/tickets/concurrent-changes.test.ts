import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isEnded, isEndedPhase, type Standing } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { type Client } from '../../support/client.js';
import { replicaOf, startTickets, type TicketsUnderTest } from './harness.js';

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

describe('If-Match', () => {
  it.each([
    ['"1"', 200],
    ['*', 200],
    ['"7", "1"', 200],
    ['W/"7","1"', 200],
    ['W/"1"', 200],
    ['"1-gzip"', 200],
    ['W/"2"', 412],
    ['"2"', 412],
    ['1', 412],
    ['"1', 412],
    ['', 412],
    ['"*"', 412],
  ])('%s on version 1 answers %i', async (header, status) => {
    const path = `/v1/tickets/${await ann.open()}`;
    expect((await agent.patch(path, { status: 'pending' }, { 'if-match': header })).status).toBe(
      status,
    );
    expect((await agent.get(path)).body.version).toBe(status === 200 ? 2 : 1);
  });

  it('lets exactly one of many at once through', async () => {
    for (let round = 0; round < 5; round += 1) {
      const path = `/v1/tickets/${await ann.open()}`;
      const attempts = ['pending', 'on_hold', 'resolved', 'closed'].map((status) =>
        agent.patch(path, { status }, { 'if-match': '"1"' }),
      );
      expect(tally((await Promise.all(attempts)).map(({ status }) => status))).toEqual([
        '200',
        '412',
        '412',
        '412',
      ]);
      expect((await agent.get(path)).body.version).toBe(2);
    }
  });
});

const statuses = [
  'pending',
  'resolved',
  'open',
  'resolved',
  'on_hold',
  'open',
  'resolved',
  'pending',
];

/** Of every version of it one event was told, and the phase followed the status. */
async function expectOneAfterTheOther(id: string): Promise<void> {
  const events = await stage.database.query<Pick<Standing, 'version' | 'phase' | 'status'>>(
    `SELECT (payload->'data'->>'version')::int AS version,
       (payload->'data'->>'phase')::int AS phase,
       payload->'data'->>'status' AS status
     FROM outbox
     WHERE payload->>'subject' = $1
     ORDER BY 1`,
    [id],
  );
  expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
  for (const { phase, status } of events) expect(isEndedPhase(phase)).toBe(isEnded(status));
  expect((await agent.get(`/v1/tickets/${id}`)).body.version).toBe(events.length);
}

describe('changes at once, without If-Match,', () => {
  it('each get a version of their own, and the phase follows', async () => {
    const id = await ann.open();
    const answers = await Promise.all(
      statuses.map((status) => agent.patch(`/v1/tickets/${id}`, { status })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await expectOneAfterTheOther(id);
  });

  it('do so also where two replicas decide about them', async () => {
    const replica = await replicaOf(stage);
    try {
      const beside = agent.at(replica.url);
      const ids = await Promise.all(statuses.map(() => ann.open()));
      for (const status of ['pending', 'resolved', 'open', 'closed'])
        await Promise.all(
          ids.flatMap((id) =>
            [agent, beside].flatMap((client) => [
              client.patch(`/v1/tickets/${id}`, { status }),
              client.patch(`/v1/tickets/${id}`, { assigneeId: client === beside ? status : null }),
            ]),
          ),
        );
      for (const id of ids) await expectOneAfterTheOther(id);
    } finally {
      await replica.stop();
    }
  });

  it('that are refused leave no trace, and change nothing for the others of their batch', async () => {
    const ids = await Promise.all(statuses.map(() => ann.open()));
    const answers = await Promise.all(
      ids.flatMap((id) => [
        ann.patch(`/v1/tickets/${id}`, { status: 'pending' }),
        agent.patch(`/v1/tickets/${id}`, { status: 'pending' }, { 'if-match': '"7"' }),
        agent.patch(`/v1/tickets/${id}`, { status: 'bogus' }),
        agent.patch(`/v1/tickets/${id}`, { status: 'closed' }),
        ann.patch(`/v1/tickets/${id}`, { assigneeId: 'ann' }),
      ]),
    );
    for (const [at, id] of ids.entries()) {
      const own = answers.slice(5 * at, 5 * at + 5).map(({ status }) => status);
      expect(own).toEqual([403, 412, 422, 200, 403]);
      await expectOneAfterTheOther(id);
      expect((await agent.get(`/v1/tickets/${id}`)).body).toMatchObject({
        status: 'closed',
        version: 2,
      });
    }
  });
});

describe('a ticket that somebody holds', () => {
  it('holds up no change of another one, and is changed, in the order of arrival, when it is let go', async () => {
    const [held, free] = [await ann.open(), await ann.open()];
    const holder = new pg.Client(stage.database.ownerUrl);
    await holder.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM ticket WHERE id = $1 FOR UPDATE', [held]);
      const first = agent.patch(`/v1/tickets/${held}`, { status: 'pending' });
      await waitFor(async () => {
        const [row] = await stage.database.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted',
        );
        return row!.n > 0;
      });
      const second = agent.patch(`/v1/tickets/${held}`, { status: 'on_hold' });
      const other = await agent.patch(`/v1/tickets/${free}`, { status: 'pending' });
      expect(other).toMatchObject({ status: 200, body: { version: 2 } });
      await holder.query('COMMIT');
      expect((await first).body).toMatchObject({ status: 'pending', version: 2 });
      expect((await second).body).toMatchObject({ status: 'on_hold', version: 3 });
    } finally {
      await holder.end();
    }
  });
});
