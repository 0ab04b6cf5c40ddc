import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { maxChanges } from '#contracts';
import { plant, Reader, Writer } from './changes.fixture.js';
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

let reader: Reader;
beforeEach(async () => {
  reader = new Reader(await stage.as('service:credentials', ['service']));
  await reader.read();
});

it('no change is lost that is committed after a later one', async () => {
  const [earlier, later] = [await ann.open(), await ann.open()];
  await reader.read();
  const slow = await Writer.begin(stage);
  await slow.change(earlier);
  await agent.patch(`/v1/tickets/${later}`, { status: 'closed' });
  expect((await reader.read()).ids).toEqual([later]);
  expect((await reader.read()).ids).toEqual([]);
  await slow.end('COMMIT');
  expect((await reader.read()).ids).toEqual([earlier]);
  expect((await reader.read()).ids).toEqual([]);
});

it('what is rolled back is not told', async () => {
  const id = await ann.open();
  await reader.read();
  const failing = await Writer.begin(stage);
  await failing.change(id);
  await failing.end('ROLLBACK');
  expect((await reader.read()).ids).toEqual([]);
});

it('no change is lost of many that overlap in every way, however often one asks meanwhile', async () => {
  const ids = await Promise.all(Array.from({ length: 24 }, () => ann.open()));
  await reader.read();
  const received = new Map<string, number>();
  const listen = async () => {
    for (const { ticketId, version } of (await reader.ask()).items)
      received.set(String(ticketId), Number(version));
  };
  const write = async (own: readonly string[]) => {
    const writer = await Writer.begin(stage);
    for (const id of own) await writer.change(id);
    await writer.dawdle();
    await writer.end('COMMIT');
  };
  for (let turn = 0; turn < 6; turn += 1) {
    const writing = new Set(
      Array.from({ length: 8 }, (_, at) => write(ids.slice(3 * at, 3 * at + 3))),
    );
    for (const one of writing) void one.finally(() => writing.delete(one)).catch(() => undefined);
    const all = Promise.all(writing);
    while (writing.size > 0) await listen();
    await all;
  }
  await listen();
  expect([...received.keys()].sort()).toEqual([...ids].sort());
  expect(new Set(received.values())).toEqual(new Set([7]));
}, 60_000);

it('many are told in parts, each once, and one that was under way meanwhile when it is there', async () => {
  const id = await ann.open();
  await reader.read();
  const slow = await Writer.begin(stage);
  await slow.change(id);
  const count = 2 * maxChanges + 50;
  await plant(stage, 'many-', count);
  const { ids, answers } = await reader.read();
  expect(answers).toBe(3);
  expect([...ids].sort()).toEqual(
    Array.from({ length: count }, (_, at) => `many-${at + 1}`).sort(),
  );
  await slow.end('COMMIT');
  expect(await reader.read()).toEqual({ ids: [id], answers: 1 });
});

it('a transaction is told as a whole, however many tickets it has changed', async () => {
  const count = maxChanges + 50;
  await plant(stage, 'one-', count);
  await reader.read();
  await stage.database.query("UPDATE ticket SET version = version + 1 WHERE id LIKE 'one-%'");
  const { ids } = await reader.read();
  expect([ids.length, new Set(ids).size]).toEqual([count, count]);
});
