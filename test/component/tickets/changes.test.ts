import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readChanges } from '../../../apps/tickets/src/persistence/changes.js';
import { parseCursor } from '../../../apps/tickets/src/queries/changes-cursor.js';
import { Reader } from './changes.fixture.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

let stage: TicketsUnderTest;
let service: Client;
let agent: Client;
let ann: Client;
beforeAll(async () => {
  stage = await startTickets();
  service = await stage.as('service:credentials', ['service']);
  agent = await stage.as('alex', ['agent']);
  ann = await stage.as('ann', ['customer']);
});
afterAll(() => stage.stop());

let reader: Reader;
beforeEach(async () => {
  reader = new Reader(service);
  await reader.read();
});

describe('POST /internal/changes', () => {
  it('tells each ticket whose standing has changed since the cursor, as it is now, and then no more', async () => {
    expect(await new Reader(service).ask()).toMatchObject({ items: [], gap: true, more: false });
    const [changed, opened] = [await ann.open(), await ann.open()];
    await agent.patch(`/v1/tickets/${changed}`, { assigneeId: 'alex' });
    await agent.patch(`/v1/tickets/${changed}`, { status: 'resolved' });
    const answer = await reader.ask();
    expect(answer).toMatchObject({ gap: false, more: false });
    const own = { requesterId: 'ann', home: '/tickets' };
    expect(answer.items).toEqual([
      { ticketId: opened, status: 'open', version: 1, phase: 0, assigneeId: null, ...own },
      { ticketId: changed, status: 'resolved', version: 3, phase: 1, assigneeId: 'alex', ...own },
    ]);
    expect(await reader.ask()).toMatchObject({ items: [], gap: false });
  });

  it('hears of whoever changes a ticket, and of nothing that is no change of its standing', async () => {
    const id = await ann.open();
    await reader.read();
    await stage.database.query(
      `UPDATE ticket
       SET subject = 'other', requester_name = NULL, updated_at = now()
       WHERE id = $1`,
      [id],
    );
    expect((await reader.read()).ids).toEqual([]);
    for (const change of ['doubted = true', "status = 'closed', phase = 1, doubted = false"]) {
      await stage.database.query(`UPDATE ticket SET ${change} WHERE id = $1`, [id]);
      expect((await reader.read()).ids).toEqual([id]);
    }
  });

  it('reads a cursor that names more running transactions than the head of a request has room for', async () => {
    const [database, , end] = String((await reader.ask())['cursor']).split(/[/:]/);
    const running = Array.from({ length: 4_000 }, (_, at) => BigInt(end ?? 0) + BigInt(at));
    const cursor = `${database}/${end}:${BigInt(end ?? 0) + 4_000n}:${running.join()}`;
    expect(cursor.length).toBeGreaterThan(16_384);
    expect(await reader.ask(cursor)).toMatchObject({
      items: [],
      cursor: expect.stringContaining(`${database}/`),
    });
  });

  it('says that there is a gap where the cursor is of another past of the database, or of nothing', async () => {
    const [database, begin, end] = String((await reader.ask())['cursor']).split(/[/:]/);
    const ahead = BigInt(end ?? 0) + 1_000_000n;
    await ann.open();
    const seen = `${begin}:${end}:`;
    const foreign = [
      `${ahead}:${ahead}:`,
      '',
      '5:3:',
      '0:3:',
      '3:5:9',
      '3:5:4,3',
      `1:${2n ** 64n}:`,
      '3:5:5',
    ].map((of) => `${database}/${of}`);
    for (const cursor of [...foreign, '', 'yesterday', seen, `1-1/${seen}`, `${database}1/${seen}`])
      expect(await reader.ask(cursor)).toMatchObject({
        items: [],
        gap: true,
        cursor: expect.stringMatching(/^\d+-\d+\/\d+:\d+:/),
      });
    expect(await reader.ask(`${database}/${seen}`)).toMatchObject({ gap: false });
  });

  it('says that there is a gap after the table was copied, as by a dump that is played back', async () => {
    const before = await reader.ask();
    await stage.database.query('ALTER TABLE ticket RENAME TO ticket_before');
    await stage.database.query('CREATE TABLE ticket (LIKE ticket_before INCLUDING ALL)');
    try {
      await stage.database.query('GRANT SELECT, UPDATE ON ticket TO PUBLIC');
      expect(await reader.ask()).toMatchObject({ items: [], gap: true });
    } finally {
      await stage.database.query('DROP TABLE ticket');
      await stage.database.query('ALTER TABLE ticket_before RENAME TO ticket');
    }
    expect(await reader.ask(String(before['cursor']))).toMatchObject({ gap: false });
  });

  it('tells nothing by a number that a copied database brought from elsewhere, until the ticket changes', async () => {
    const id = await ann.open();
    await stage.database.query("UPDATE ticket SET changed_in = '1000000000000' WHERE id = $1", [
      id,
    ]);
    await reader.read();
    expect((await reader.read()).ids).toEqual([]);
    await agent.patch(`/v1/tickets/${id}`, { status: 'closed' });
    expect((await reader.read()).ids).toEqual([id]);
  });

  it('is answered to services alone', async () => {
    for (const roles of [['customer', 'agent', 'admin'], []] as const)
      expect(
        await (await stage.as('x', roles)).post('/internal/changes', { bogus: 1 }),
      ).toMatchObject({ status: 403 });
    expect((await stage.anonymous.post('/internal/changes', {})).status).toBe(401);
  });

  it.each([{ after: ['1:1:', '1:1:'] }, { before: '1:1:' }])('answers 422 to %j', async (body) => {
    expect(await service.post('/internal/changes', body)).toMatchObject({ status: 422 });
  });
});

describe('what it costs to ask', () => {
  it('does not depend on how many tickets there are: the index alone is read', async () => {
    await stage.database.query(
      `INSERT INTO ticket (id, home, subject, status, version, phase, created_at, updated_at)
       SELECT 'old-' || n, '/tickets', 's', 'open', 1, 0, now(), now()
       FROM generate_series(1, 20000) n`,
    );
    const after = parseCursor(String((await reader.ask(''))['cursor']))?.seen;
    await ann.open();
    await stage.database.query('ANALYZE ticket');
    let plan = '';
    const explained = async (statement: string, parameters?: unknown[]) => {
      plan = JSON.stringify(
        await stage.database.query(`EXPLAIN (FORMAT JSON) ${statement}`, parameters),
      );
      return stage.database.query(statement, parameters);
    };
    const { changes } = await readChanges({ query: explained as <T>() => Promise<T> }, after);
    expect(changes).toHaveLength(1);
    expect(plan).toContain('ticket_by_transaction');
    expect(plan).not.toContain('Seq Scan');
  });
});
