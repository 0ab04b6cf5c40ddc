import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secret } from '../credentials/harness.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());

const root = resolve(import.meta.dirname, '../../..');
const day = 86_400;

/**
 * @returns how many steps a rotation has, or undefined when it was killed before the step
 */
async function rotateUntil(step: number): Promise<number | undefined> {
  const args = [
    join(import.meta.dirname, 'rotator.fixture.mjs'),
    keys.service.database.serviceUrl,
    keys.service.keyringDir,
    String(step),
    root,
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === 'SIGKILL') return undefined;
  if (code !== 0) throw new Error(`the rotator failed with ${code}`);
  return Number(output);
}

/**
 * Every key that the database names is there, and every key that is there is
 * one that the database knows.
 */
async function expectAccountedFor(): Promise<void> {
  const known = await keys.service.database.query<{ id: string }>(
    'SELECT id FROM key_encryption_key UNION SELECT id FROM destroyed_key',
  );
  expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining(keys.files()));
  expect(
    await keys.service.database.query('SELECT FROM credential WHERE NOT kek_id = ANY($1::uuid[])', [
      keys.files(),
    ]),
  ).toEqual([]);
  expect(keys.files()).toContain(await keys.current());
}

describe('a rotator that is killed', () => {
  it('at any step whatever leaves a ring that opens everything live, and that the next turn brings in order', async () => {
    const paths = await keys.submit(2);
    let steps: number | undefined;
    for (let step = 1; steps === undefined; step += 1) {
      steps = await rotateUntil(step);
      expect([step, await keys.check()]).toEqual([step, { opened: 2, faults: [] }]);
      await expectAccountedFor();
      // The service goes on: it seals, and opens what it sealed.
      const [path] = await keys.submit(1);
      expect(await keys.reveal([path!])).toMatchObject([[secret]]);
      await keys.service.database.query('DELETE FROM credential WHERE ticket_id = $1', [
        path!.split('/')[3],
      ]);
      // Time passes, so that what was begun and given up is old.
      await keys.service.database.query(
        `UPDATE key_encryption_key SET created_at = now() - interval '2 hours'`,
      );
      await keys.custody.rotation.turn(day);
      expect([step, await keys.rows()]).toEqual([
        step,
        [{ id: keys.files()[0], is_current: true }],
      ]);
      expect(keys.files()).toHaveLength(1);
    }
    expect(steps).toBeGreaterThan(15);
    for (const items of await keys.reveal(paths)) expect(items).toMatchObject([secret]);
  }, 300_000);
});
