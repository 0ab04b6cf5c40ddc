import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client } from './client.js';
import { type Stage, startTickets } from './harness.js';

let stage: Stage;
let ann: Client;
let agent: Client;

beforeAll(async () => {
  stage = await startTickets();
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(() => stage.close());

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

describe('changes at once, without If-Match,', () => {
  it('each get a version of their own, and the phase follows', async () => {
    const id = await ann.open();
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
    const answers = await Promise.all(
      statuses.map((status) => agent.patch(`/v1/tickets/${id}`, { status })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const events = await stage.database.query<{ version: number; phase: number; status: string }>(
      `SELECT (payload->'data'->>'version')::int AS version,
         (payload->'data'->>'phase')::int AS phase,
         payload->'data'->>'status' AS status
       FROM outbox
       WHERE payload->>'subject' = $1
       ORDER BY 1`,
      [id],
    );
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    for (const { phase, status } of events) expect(phase % 2 === 1).toBe(status === 'resolved');
  });
});
