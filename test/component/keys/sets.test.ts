import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import { hold, waitersFor } from '../credentials/held.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
let paths: string[];
let tickets: string[];
let before: string;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());
beforeEach(async () => {
  await keys.service.database.query('DELETE FROM credential');
  await keys.custody.rotation.turn(0);
  paths = await keys.submit(4);
  tickets = paths.map((path) => path.split('/')[3]!).sort();
  before = await keys.current();
});

/** Tickets with something under this key. */
async function underKey(kekId: string): Promise<string[]> {
  const statement = 'SELECT ticket_id AS id FROM credential WHERE kek_id = $1';
  const found = await keys.service.database.query<{ id: string }>(statement, [kekId]);
  return found.map(({ id }) => id).sort();
}

describe('a rotation takes tickets together', () => {
  it('and wraps what they have in one transaction', async () => {
    await keys.custody.rotation.turn(0);
    const transactions = await keys.service.database.query(
      'SELECT DISTINCT xmin::text FROM credential',
    );
    expect(transactions).toHaveLength(1);
  });

  it('set by set, and names each of those that do not unwrap, however many there are', async () => {
    await keys.service.database.query('DELETE FROM credential');
    await keys.service.database.query(
      `WITH gate AS (
         INSERT INTO ticket_gate (ticket_id, phase)
         SELECT 'T-' || n, 0 FROM generate_series(1, 250) AS n
         RETURNING ticket_id
       )
       INSERT INTO credential (ticket_id, id, bound_phase, number, submitted_by, submitted_at,
         expires_at, kek_id, wrapped_key, core, has_link)
       SELECT ticket_id, gen_random_uuid(), 0, 1, 'customer-1', now(), now() + interval '1 day',
         $1, '\\x00', '\\x00', false
       FROM gate`,
      [before],
    );
    const { unwrappable } = await keys.custody.rotation.turn(0);
    const named = unwrappable.map(({ ticketId }) => ticketId).sort();
    expect(named).toEqual(await underKey(before));
    expect(named).toHaveLength(250);
  });

  it('but wraps nothing of one whose gate is held, and all of the others meanwhile', async () => {
    const [held] = tickets as [string];
    const gate = await hold(keys.service, held, 'gate');
    const turn = keys.custody.rotation.turn(0);
    await waitFor(async () => (await underKey(before)).length === 1);
    await waitersFor(keys.service);
    expect(await underKey(before)).toEqual([held]);
    await gate.letGo();
    expect(await turn).toMatchObject({ rewrapped: 4, destroyed: [before], unwrappable: [] });
    expect((await keys.check()).faults).toEqual([]);
  });

  it('but holds no gate of the others while it waits for a row of one', async () => {
    const rows = await hold(keys.service, tickets[0]!, 'rows');
    const turn = keys.custody.rotation.turn(0);
    await waitersFor(keys.service);
    const others = paths.filter((path) => !path.includes(tickets[0]!));
    for (const items of await keys.reveal(others)) expect(items).toHaveLength(1);
    await rows.letGo();
    expect(await turn).toMatchObject({ rewrapped: 4, destroyed: [before], unwrappable: [] });
  });
});
