import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DirectoryKeyRing } from '#envelope';
import { connect } from '#postgres';
import { Custody } from '../../../apps/credentials/src/custody/custody.js';
import { type KeysUnderTest, rotateDuring, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
let database: Awaited<ReturnType<typeof connect>>;
beforeAll(async () => {
  keys = await startKeys();
  database = await connect({ url: keys.service.database.serviceUrl });
});
afterAll(async () => {
  await database.destroy();
  await keys.stop();
});

const open = async () =>
  Custody.open(database, await DirectoryKeyRing.open(keys.service.keyringDir));
const query = (statement: string, parameters?: unknown[]) =>
  keys.service.database.query(statement, parameters);

describe('a start', () => {
  it('makes the first key, one for all replicas that start together', async () => {
    await query('DELETE FROM key_encryption_key');
    rmSync(join(keys.service.keyringDir, `${keys.files()[0]!}.kek`));
    const [one] = await Promise.all([open(), open(), open()]);
    const current = await keys.current();
    expect(await keys.rows()).toEqual([{ id: current, is_current: true }]);
    await one.rotation.turn(86_400);
    expect(keys.files()).toEqual([current]);
  });

  it('is refused without the current key, or without one that still wraps something', async () => {
    const path = (await keys.submit(1))[0]!;
    const lost = uuidv7();
    await query('INSERT INTO key_encryption_key (id, is_current) VALUES ($1, false)', [lost]);
    await query('UPDATE credential SET kek_id = $2 WHERE ticket_id = $1', [
      path.split('/')[3],
      lost,
    ]);
    await expect(open()).rejects.toMatchObject({
      code: 'missing-key',
      message: expect.stringContaining(lost),
    });
    await query('DELETE FROM credential');
    const current = await keys.current();
    await query('UPDATE key_encryption_key SET is_current = false WHERE id = $1', [current]);
    await query('UPDATE key_encryption_key SET is_current = true WHERE id = $1', [lost]);
    await expect(open()).rejects.toMatchObject({
      code: 'missing-key',
      message: expect.stringContaining(lost),
    });
    await query('UPDATE key_encryption_key SET is_current = false WHERE id = $1', [lost]);
    await query('UPDATE key_encryption_key SET is_current = true WHERE id = $1', [current]);
  });

  it('is not refused for want of a key that wraps nothing, nor while keys are rotated', async () => {
    await query(
      `INSERT INTO key_encryption_key (id, is_current, current_since)
       VALUES (gen_random_uuid(), false, NULL)`,
    );
    await keys.submit(5);
    expect(
      (await rotateDuring(keys.custody, Promise.all(Array.from({ length: 20 }, open)))).length,
    ).toBeGreaterThan(0);
    expect((await keys.check()).faults).toEqual([]);
  });
});
