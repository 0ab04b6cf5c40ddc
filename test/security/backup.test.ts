import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../support/wait-for.js';
import { OwnStack } from './own-stack.js';
import {
  attack,
  dump,
  lootOf,
  lootOfBaseBackup,
  lootOfDump,
  takeBaseBackup,
} from './stolen-database.js';

const secretOf = (name: string) => ({
  username: `${name}-admin`,
  password: `correct horse of ${name}`,
  link: `https://${name}.example/`,
  additionalInformation: `${name}: ask for Jo`,
});
const [doomed, lasting] = [secretOf('doomed'), secretOf('lasting')];

let stack: OwnStack;
let ended: string;
let live: string;
/** What was stolen before the end: rows out of a dump, rows out of a base backup. */
const loot: Record<'dump' | 'base backup', Awaited<ReturnType<typeof lootOf>>> = {
  dump: [],
  'base backup': [],
};
const kinds = ['dump', 'base backup'] as const;

beforeAll(async () => {
  stack = await OwnStack.start();
  [ended, live] = [await stack.ticket(), await stack.ticket()];
  await stack.call('customer-1', 'POST', `${ended}/credentials`, doomed);
  await stack.call('customer-1', 'POST', `${live}/credentials`, lasting);
  await dump(stack, join(stack.folder, 'dump'));
  await takeBaseBackup(stack, join(stack.folder, 'stolen'));
  loot.dump = lootOfDump(join(stack.folder, 'dump'));
  loot['base backup'] = await lootOfBaseBackup(join(stack.folder, 'stolen'), stack.password);
}, 180_000);
afterAll(() => stack.stop(), 60_000);

const opened = () => kinds.map((kind) => attack(loot[kind], stack.ring));
const everything = expect.arrayContaining([doomed, lasting]);

/** In this order: each step is the time that has passed. */
describe('a thief with a dump and a base backup from before the end, and every key that is in the ring,', () => {
  it('opens all of it before the end: so the attack works', () => {
    for (const kind of kinds) expect(loot[kind]).toHaveLength(2);
    expect(opened()).toEqual([everything, everything]);
  });

  it('opens it after the end too, until the epoch has passed: no more is promised', async () => {
    await stack.call('agent-1', 'PATCH', ended, { status: 'resolved' });
    await waitFor(async () => (await lootOf(stack.database)).length === 1);
    expect(opened()).toEqual([everything, everything]);
  });

  it('opens nothing of it once an epoch has passed', async () => {
    await stack.rotate();
    expect(opened()).toEqual([[], []]);
  });

  it('opens what is live, out of the live database: so nothing but the keys has changed', async () => {
    expect(attack(await lootOf(stack.database), stack.ring)).toEqual([lasting]);
    expect(
      (await stack.call('agent-1', 'POST', `${live}/credentials/reveal`, {})).body.items,
    ).toMatchObject([lasting]);
  });
});
