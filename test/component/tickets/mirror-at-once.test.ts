import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { waitFor } from '../../support/wait-for.js';
import { type Helpdesk, startHelpdesk } from './helpdesk.js';

let desk: Helpdesk;
let holder: pg.Client;

beforeAll(async () => {
  desk = await startHelpdesk();
  holder = new pg.Client(desk.stage.database.ownerUrl);
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await desk.close();
});

/** So many of the service's transactions wait for a lock. */
const waiting = (count: number) =>
  waitFor(async () => {
    const [row] = await desk.stage.database.query<{ n: number }>(
      'SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted',
    );
    return row!.n >= count;
  });

/**
 * Of every version of the ticket one event was told, the first its creation, and
 * nothing had to be tried again.
 */
async function expectOneAfterTheOther(id: string): Promise<void> {
  const versions = (await desk.published(id)).map(([type, , , version]) =>
    type === 'ticket.created' ? 'created' : version,
  );
  const { version } = await desk.ticket(id);
  expect(versions).toEqual([
    'created',
    ...Array.from({ length: Number(version) - 1 }, (_, n) => n + 2),
  ]);
  expect(await desk.stage.anonymous.metrics()).not.toMatch(/result="retry"/);
}

describe('events about one ticket at the same moment', () => {
  it('that is not known yet: one makes it known, the others come on top', async () => {
    const id = desk.newId();
    await holder.query('BEGIN');
    await holder.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       VALUES ($1, '/legacy-desk', 's', 'open', 1, 0, now(), now())`,
      [id],
    );
    for (const version of [3, 1, 2])
      await desk.publish({ ticketId: id, status: 'open', version, subject: `v${version}` });
    await waiting(3);
    await holder.query('ROLLBACK');
    await desk.settled();
    expect((await desk.ticket(id)).subject).toBe('v3');
    await expectOneAfterTheOther(id);
  });

  it('that is known: each is applied to what the one before it made of the ticket', async () => {
    const id = desk.newId();
    await desk.publish({ ticketId: id, status: 'open', version: 1 });
    await desk.ticket(id);
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM ticket WHERE id = $1 FOR UPDATE', [id]);
    const assignees = ['ann', 'bob', 'cid', 'dan', 'eve'];
    for (const [n, assigneeId] of assignees.entries())
      await desk.publish({ ticketId: id, status: 'open', version: 2 + n, assigneeId });
    await waiting(assignees.length);
    await holder.query('ROLLBACK');
    await desk.settled();
    expect((await desk.ticket(id)).assigneeId).toBe('eve');
    await expectOneAfterTheOther(id);
  });
});
