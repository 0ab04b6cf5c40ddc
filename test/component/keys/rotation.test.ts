import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type SealedSecret } from '../../../apps/credentials/src/custody/vault.js';
import { secret } from '../credentials/harness.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());

const query = (statement: string, parameters?: unknown[]) =>
  keys.service.database.query(statement, parameters);
const day = 86_400;

describe('a rotation', () => {
  it('wraps every data key anew, touches nothing that is sealed, and destroys the key before it, its row and its file', async () => {
    const paths = await keys.submit(4);
    const before = await keys.current();
    const sealed = 'SELECT id, core, note, note_version FROM credential ORDER BY id';
    const parts = await query(sealed);
    const turn = await keys.custody.rotation.turn(0);
    expect(turn).toMatchObject({ rewrapped: 4, destroyed: [before], unwrappable: [] });
    expect(await keys.rows()).toEqual([{ id: turn.began, is_current: true }]);
    expect(keys.files()).toEqual([turn.began]);
    expect(await query(sealed)).toEqual(parts);
    expect(await query('SELECT DISTINCT kek_id FROM credential')).toEqual([{ kek_id: turn.began }]);
    expect(await keys.check()).toEqual({ opened: 4, faults: [] });
    for (const items of await keys.reveal(paths)) expect(items).toMatchObject([secret]);
  });

  it('makes a copy of the database from before worthless: no key that is left opens it', async () => {
    await keys.submit(1);
    const statement = `
  SELECT ticket_id AS "ticketId", id, kek_id AS "kekId", wrapped_key AS "wrappedKey",
    core, note, note_version AS "noteVersion"
  FROM credential`;
    const copy = (await query(statement)) as unknown as SealedSecret[];
    const thief = await keys.another();
    for (const stolen of copy) thief.vault.prove(await thief.vault.hold(stolen));
    await keys.custody.rotation.turn(0);
    const late = await keys.another();
    for (const stolen of copy) {
      await expect(late.vault.hold(stolen)).rejects.toMatchObject({ code: 'missing-key' });
      for (const kekId of keys.files()) {
        const held = await late.vault.hold({ ...stolen, kekId });
        expect(() => {
          late.vault.prove(held);
        }).toThrow('cannot be opened');
      }
    }
  });

  it('begins no epoch before its time, and one as soon as it is over', async () => {
    const before = await keys.current();
    expect(await keys.custody.rotation.turn(day)).toEqual({
      began: undefined,
      rewrapped: 0,
      destroyed: [],
      unwrappable: [],
    });
    await query(
      `UPDATE key_encryption_key
       SET current_since = now() - interval '25 hours'
       WHERE is_current`,
    );
    const { began, destroyed } = await keys.custody.rotation.turn(day);
    expect([await keys.current(), destroyed]).toEqual([began, [before]]);
  });

  it('is followed by a replica that has not heard of it: what it seals next is under the new key, and opens', async () => {
    const { began } = await keys.custody.rotation.turn(0);
    const [path] = await keys.submit(1);
    const ticketId = path!.split('/')[3];
    expect(await query('SELECT kek_id FROM credential WHERE ticket_id = $1', [ticketId])).toEqual([
      { kek_id: began },
    ]);
    expect(await keys.reveal([path!])).toMatchObject([[secret]]);
  });

  it('by two rotators at once leaves one key, and everything opens', async () => {
    await keys.submit(3);
    const other = await keys.another();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([keys.custody.rotation.turn(0), other.rotation.turn(0)]);
      expect((await keys.check()).faults).toEqual([]);
    }
    // Whoever came second may have left something to the next turn.
    await keys.custody.rotation.turn(day);
    expect(await keys.rows()).toEqual([{ id: keys.files()[0], is_current: true }]);
    expect(keys.files()).toHaveLength(1);
    // Eleven turns, each of which waits for the disk.
  }, 120_000);
});

describe('what cannot be rotated', () => {
  it('keeps its key, is named, and holds up no other credential', async () => {
    const [path] = await keys.submit(2);
    const ticketId = path!.split('/')[3]!;
    const before = await keys.current();
    await query(
      `UPDATE credential
       SET wrapped_key = set_byte(wrapped_key, 100, get_byte(wrapped_key, 100) # 1)
       WHERE ticket_id = $1`,
      [ticketId],
    );
    const turn = await keys.custody.rotation.turn(0);
    expect(turn.unwrappable).toEqual([expect.objectContaining({ ticketId })]);
    expect(await query('SELECT ticket_id FROM credential WHERE kek_id = $1', [before])).toEqual([
      { ticket_id: ticketId },
    ]);
    expect(keys.files().sort()).toEqual([before, turn.began].sort());
    await query('DELETE FROM credential WHERE ticket_id = $1', [ticketId]);
    expect(await keys.custody.rotation.turn(day)).toMatchObject({
      began: undefined,
      destroyed: [before],
      unwrappable: [],
    });
  });

  it('for want of a lost key is said, and keeps no other key alive', async () => {
    const [path] = await keys.submit(1);
    const lost = uuidv7();
    await query('INSERT INTO key_encryption_key (id, is_current) VALUES ($1, false)', [lost]);
    await query('UPDATE credential SET kek_id = $2 WHERE ticket_id = $1', [
      path!.split('/')[3],
      lost,
    ]);
    const before = await keys.current();
    await expect(keys.custody.rotation.turn(0)).rejects.toMatchObject({ code: 'missing-key' });
    expect(keys.files()).toEqual([await keys.current()]);
    expect(keys.files()).not.toContain(before);
    expect((await keys.check()).faults).toEqual([
      expect.objectContaining({ kekId: lost, reason: 'no-key' }),
    ]);
    await query('DELETE FROM credential WHERE kek_id = $1', [lost]);
    await keys.custody.rotation.turn(day);
    expect(await keys.rows()).toHaveLength(1);
  });

  it('leaves keys in the ring that are not of this database', async () => {
    const stranger = uuidv7();
    await keys.custody.ring.create(stranger);
    await keys.custody.rotation.turn(0);
    expect(keys.files()).toContain(stranger);
    rmSync(join(keys.service.keyringDir, `${stranger}.kek`));
  });

  it('a preparation that was given up goes, row and file, but not while it may go on', async () => {
    const prepared = uuidv7();
    await query(
      `INSERT INTO key_encryption_key (id, is_current, current_since)
       VALUES ($1, false, NULL)`,
      [prepared],
    );
    await keys.custody.ring.create(prepared);
    await keys.custody.rotation.turn(day);
    expect(keys.files()).toContain(prepared);
    await query(
      `UPDATE key_encryption_key
       SET created_at = now() - interval '61 minutes'
       WHERE id = $1`,
      [prepared],
    );
    expect((await keys.custody.rotation.turn(day)).destroyed).toEqual([prepared]);
    expect(keys.files()).toEqual([await keys.current()]);
  });
});
