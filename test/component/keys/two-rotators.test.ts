import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type KeyRing } from '#envelope';
import { withConnection } from '#postgres';
import { beginEpoch } from '../../../apps/credentials/src/custody/rotation/begin-epoch.js';
import { deleteKey } from '../../../apps/credentials/src/persistence/keys.js';
import { hold, waitersFor } from '../credentials/held.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
let paths: string[];
let before: string;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());
beforeEach(async () => {
  await keys.service.database.query('DELETE FROM credential');
  paths = await keys.submit(1);
  before = await keys.current();
});

const day = 86_400;

/**
 * Has the reading of a key stand still, from the n-th that is asked for,
 * before it gets to the ring.
 */
function standStill(ring: KeyRing, nth: number) {
  const read = ring.read.bind(ring);
  const steps = new EventEmitter();
  let reads = 0;
  ring.read = async (id) => {
    reads += 1;
    if (reads === nth) {
      const goOn = once(steps, 'go on');
      steps.emit('reached');
      await goOn;
    }
    return read(id);
  };
  return { reached: once(steps, 'reached'), goOn: () => steps.emit('go on') };
}

async function expectInOrder(): Promise<void> {
  expect((await keys.check()).faults).toEqual([]);
  for (const items of await keys.reveal(paths)) expect(items).toHaveLength(1);
  expect(await keys.rows()).toEqual([{ id: await keys.current(), is_current: true }]);
  expect(keys.files()).toEqual([await keys.current()]);
}

describe('a rotator that stands still while another one rotates twice', () => {
  // The first one that it reads is the key that it has made.
  it.each([
    ['that it is about to retire', 2],
    ['that it is about to wrap with', 3],
  ])('does not take the key %s for lost, which the other has destroyed', async (_, nth) => {
    const slow = await keys.another();
    const still = standStill(slow.ring, nth);
    const turn = slow.rotation.turn(0);
    await still.reached;
    const made = await keys.current();
    const { destroyed } = await keys.custody.rotation.turn(0);
    expect([...destroyed].sort()).toEqual([before, made].sort());
    still.goOn();
    expect(await turn).toEqual({ began: made, rewrapped: 0, destroyed: [], unwrappable: [] });
    await expectInOrder();
  });
});

describe('a rotator that stands still while another one begins an epoch', () => {
  it('wraps with the key that is current when it goes on', async () => {
    const slow = await keys.another();
    const still = standStill(slow.ring, 3);
    const turn = slow.rotation.turn(0);
    await still.reached;
    const made = await keys.current();
    const begun = await withConnection({ url: keys.service.database.serviceUrl }, (database) =>
      beginEpoch(database, keys.custody.ring, made),
    );
    still.goOn();
    expect(await turn).toMatchObject({ began: made, rewrapped: 1, destroyed: [before] });
    expect(await keys.service.database.query('SELECT kek_id FROM credential')).toEqual([
      { kek_id: begun },
    ]);
    expect(await keys.custody.rotation.turn(day)).toMatchObject({ destroyed: [made] });
    await expectInOrder();
  });
});

describe('a key that a rotator is wrapping with', () => {
  it('is kept until it has done so, though its epoch is over', async () => {
    const ticketId = paths[0]!.split('/')[3]!;
    const rows = await hold(keys.service, ticketId, 'rows');
    // So that the ticket is taken alone, which waits for its rows as long as it must.
    const gate = await hold(keys.service, ticketId, 'gate');
    const turn = keys.custody.rotation.turn(0);
    await waitersFor(keys.service);
    await gate.letGo();
    await waitersFor(keys.service);
    const made = await keys.current();
    await withConnection({ url: keys.service.database.serviceUrl }, async (database) => {
      await beginEpoch(database, keys.custody.ring, made);
      const isDeleted = deleteKey(database, made);
      await Promise.race([isDeleted, waitersFor(keys.service, 2)]);
      await rows.letGo();
      expect(await turn).toEqual({
        began: made,
        rewrapped: 1,
        destroyed: [before],
        unwrappable: [],
      });
      expect(await isDeleted).toBe(false);
    });
    expect(await keys.custody.rotation.turn(day)).toMatchObject({
      rewrapped: 1,
      destroyed: [made],
    });
    await expectInOrder();
  });
});
