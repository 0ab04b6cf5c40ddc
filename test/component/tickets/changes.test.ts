import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readChanges } from '../../../apps/tickets/src/persistence/changes.js';
import { parseSnapshot } from '../../../apps/tickets/src/persistence/snapshot.js';
import { Reader } from './changes.fixture.js';
import { type Client } from './client.js';
import { type Stage, startTickets } from './harness.js';

let stage: Stage;
let service: Client;
let agent: Client;
let ann: Client;
beforeAll(async () => {
  stage = await startTickets();
  service = await stage.as('service:credentials', ['service']);
  agent = await stage.as('alex', ['agent']);
  ann = await stage.as('ann', ['customer']);
});
afterAll(() => stage.close());

let reader: Reader;
beforeEach(async () => {
  reader = new Reader(service);
  await reader.hear();
});

describe('GET /internal/changes', () => {
  it('tells each ticket whose standing has changed since the cursor, as it is now, and then no more', async () => {
    expect(await new Reader(service).ask()).toMatchObject({ items: [], gap: true, more: false });
    const [changed, opened] = [await ann.open(), await ann.open()];
    await agent.patch(`/v1/tickets/${changed}`, { assigneeId: 'alex' });
    await agent.patch(`/v1/tickets/${changed}`, { status: 'resolved' });
    const told = await reader.ask();
    expect(told).toMatchObject({ gap: false, more: false });
    const own = { requesterId: 'ann', home: '/tickets' };
    expect(told.items).toEqual([
      { ticketId: opened, status: 'open', version: 1, phase: 0, assigneeId: null, ...own },
      { ticketId: changed, status: 'resolved', version: 3, phase: 1, assigneeId: 'alex', ...own },
    ]);
    expect(await reader.ask()).toMatchObject({ items: [], gap: false });
  });

  it('hears of whoever changes a ticket, and of nothing that is no change of its standing', async () => {
    const id = await ann.open();
    await reader.hear();
    await stage.database.query("UPDATE ticket SET subject = 'other', requester_name = NULL, updated_at = now() WHERE id = $1", [id]);
    expect((await reader.hear()).ids).toEqual([]);
    await stage.database.query("UPDATE ticket SET status = 'closed', phase = 1 WHERE id = $1", [id]);
    expect((await reader.hear()).ids).toEqual([id]);
  });

  it('says that there is a gap where the cursor is of another past of the database, or of nothing', async () => {
    const [, end] = String((await reader.ask())['cursor']).split(':');
    const ahead = BigInt(end ?? 0) + 1_000_000n;
    await ann.open();
    for (const cursor of [`${ahead}:${ahead}:`, '', 'yesterday', '5:3:', '0:3:', '3:5:9', '3:5:4,3', `1:${2n ** 64n}:`, '3:5:5'])
      expect(await reader.ask(cursor)).toMatchObject({ items: [], gap: true, cursor: expect.stringMatching(/^\d+:\d+:/) });
  });

  it('tells nothing by a number that a copied database brought from elsewhere, until the ticket changes', async () => {
    const id = await ann.open();
    await stage.database.query("UPDATE ticket SET changed_in = '1000000000000' WHERE id = $1", [id]);
    await reader.hear();
    expect((await reader.hear()).ids).toEqual([]);
    await agent.patch(`/v1/tickets/${id}`, { status: 'closed' });
    expect((await reader.hear()).ids).toEqual([id]);
  });

  it('is for services alone', async () => {
    for (const roles of [['customer', 'agent', 'admin'], []] as const)
      expect(await (await stage.as('x', roles)).get('/internal/changes?bogus=1')).toMatchObject({ status: 403 });
    expect((await stage.anonymous.get('/internal/changes')).status).toBe(401);
  });

  it.each(['after=1:1:&after=1:1:', 'before=1:1:'])('answers 422 to %s', async (query) => {
    expect(await service.get(`/internal/changes?${query}`)).toMatchObject({ status: 422 });
  });
});

describe('what it costs to ask', () => {
  it('does not depend on how many tickets there are: the index alone is read', async () => {
    await stage.database.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       SELECT 'old-' || n, '/tickets', 's', 'open', 1, 0, now(), now() FROM generate_series(1, 20000) n`,
    );
    const after = parseSnapshot(String((await reader.ask(''))['cursor']));
    await ann.open();
    await stage.database.query('ANALYZE ticket');
    let plan = '';
    const explained = async (statement: string, parameters?: unknown[]) => {
      plan = JSON.stringify(await stage.database.query(`EXPLAIN (FORMAT JSON) ${statement}`, parameters));
      return stage.database.query(statement, parameters);
    };
    const { changes } = await readChanges({ query: explained as <T>() => Promise<T> }, after);
    expect(changes).toHaveLength(1);
    expect(plan).toContain('ticket_by_transaction');
    expect(plan).not.toContain('Seq Scan');
  });
});
