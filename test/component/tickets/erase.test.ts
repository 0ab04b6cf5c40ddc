import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseVerbs } from '../../../apps/tickets/src/cli/erase.verbs.js';
import { runVerbs } from '../../support/verbs.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
beforeAll(async () => {
  stage = await startTickets();
});
afterAll(() => stage.stop());

describe('npm run tickets -- erase', () => {
  it('takes a name out of tickets and replies, and leaves ids, versions and the names of others', async () => {
    const ann = await stage.as('ann', ['customer'], 'Ann Known');
    const bob = await stage.as('bob', ['agent'], 'Bob Known');
    const path = `/v1/tickets/${await ann.open()}`;
    await bob.patch(path, { assigneeId: 'bob' });
    await bob.post(`${path}/replies`, { body: 'Hello' });
    await ann.post(`${path}/replies`, { body: 'Hello' });
    const before = (await ann.get(path)).body;
    expect(before).toMatchObject({ requesterName: 'Ann Known', assigneeName: 'Bob Known' });

    const env = { TICKETS_MIGRATION_DATABASE_URL: stage.database.ownerUrl };
    expect(await runVerbs(eraseVerbs, ['erase', 'bob'], env)).toEqual({
      code: 0,
      out: '2 names erased\n',
      err: '',
    });
    for (const table of ['ticket', 'reply', 'outbox', 'idempotency', 'ticket_mirror'])
      expect(
        await stage.database.query(`SELECT * FROM ${table} t WHERE t::text LIKE '%Bob Known%'`),
      ).toEqual([]);
    expect((await ann.get(path)).body).toEqual(
      JSON.parse(JSON.stringify({ ...before, assigneeName: undefined })),
    );
    const { items } = (await ann.get(`${path}/replies`)).body;
    expect(items).toMatchObject([
      { authorId: 'bob' },
      { authorId: 'ann', authorName: 'Ann Known' },
    ]);
    expect(items[0]).not.toHaveProperty('authorName');
  });
});
