import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { secret } from '../credentials/harness.js';
import { type KeysUnderTest, startKeys } from './keys.fixture.js';

let keys: KeysUnderTest;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());

const program = resolve(import.meta.dirname, '../../../dist/apps/credentials/src/cli.js');
const query = (statement: string, parameters?: unknown[]) =>
  keys.service.database.query(statement, parameters);

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command as `npm run keys --` starts it, beside the running service. */
const run = (...args: string[]) =>
  new Promise<Outcome>((done) => {
    const env = {
      CREDENTIALS_DATABASE_URL: keys.service.database.serviceUrl,
      KEYRING_DIR: keys.service.keyringDir,
    };
    execFile(process.execPath, [program, 'keys', ...args], { env }, (error, out, err) => {
      done({ code: Number(error?.code ?? 0), out, err });
    });
  });

describe('npm run keys', () => {
  it('-- rotate begins an epoch, says which key came and which one went, and the service goes on', async () => {
    const paths = await keys.submit(2);
    const before = await keys.current();
    const { code, out } = await run('rotate');
    const current = await keys.current();
    expect(out).toBe(
      `key ${current} is current\n2 data keys were wrapped anew; destroyed: ${before}\n`,
    );
    expect([code, keys.files()]).toEqual([0, [current]]);
    for (const items of await keys.reveal([...paths, ...(await keys.submit(1))]))
      expect(items).toMatchObject([secret]);
  });

  it('-- show lists the keys and what they wrap', async () => {
    const stranger = uuidv7();
    await keys.custody.ring.create(stranger);
    const { code, out } = await run('show');
    rmSync(join(keys.service.keyringDir, `${stranger}.kek`));
    expect(code).toBe(0);
    expect(out).toMatch(/^key +state +current since +credentials +in ring$/m);
    expect(out).toMatch(new RegExp(`^${await keys.current()} +current +20[^ ]+Z +3 +yes$`, 'm'));
    expect(out).toMatch(new RegExp(`^${stranger} +unknown +0 +yes$`, 'm'));
    expect(out).toContain('1 keys were destroyed so far');
  });

  it('-- check opens every live credential, and shows nothing of any', async () => {
    const { code, out, err } = await run('check');
    expect({ code, out, err }).toEqual({ code: 0, out: '3 live credentials open\n', err: '' });
  });

  it('says what is wrong, by ticket, credential and key, and answers 1', async () => {
    const [damaged, orphan] = (await keys.submit(2)).map((path) => path.split('/')[3]!);
    const lost = uuidv7();
    await query('INSERT INTO key_encryption_key (id, is_current) VALUES ($1, false)', [lost]);
    await query('UPDATE credential SET kek_id = $2 WHERE ticket_id = $1', [orphan, lost]);
    await query(
      `UPDATE credential
       SET core = set_byte(core, 20, get_byte(core, 20) # 1)
       WHERE ticket_id = $1`,
      [damaged],
    );
    const checked = await run('check');
    expect(checked.out).toMatch(
      new RegExp(
        `^ticket ${damaged}, credential [-0-9a-f]{36}: ` +
          `it does not open with its key ${await keys.current()}$`,
        'm',
      ),
    );
    expect(checked.out).toMatch(
      new RegExp(
        `^ticket ${orphan}, credential [-0-9a-f]{36}: the ring does not give its key ${lost}$`,
        'm',
      ),
    );
    expect(checked.out).toContain('3 live credentials open\n');
    expect([checked.code, checked.err]).toEqual([1, 'Failed: 2 do not\n']);
    const shown = await run('show');
    expect(shown.out).toMatch(new RegExp(`^${lost} +retired .* +1 +NO$`, 'm'));
    expect([shown.code, shown.err]).toEqual([
      1,
      'Failed: 1 keys are lost: what they wrap must be asked for anew\n',
    ]);
    const rotated = await run('rotate');
    expect([rotated.code, rotated.err]).toEqual([1, expect.stringContaining(`has no key ${lost}`)]);
    await query('DELETE FROM credential WHERE ticket_id = ANY($1)', [[damaged, orphan]]);
  });

  it('names a credential whose data key does not unwrap, and keeps its key', async () => {
    await keys.custody.rotation.turn(86_400);
    const [path] = await keys.submit(1);
    const before = await keys.current();
    await query(
      `UPDATE credential
       SET wrapped_key = set_byte(wrapped_key, 9, get_byte(wrapped_key, 9) # 1)
       WHERE ticket_id = $1`,
      [path!.split('/')[3]],
    );
    const { code, out, err } = await run('rotate');
    expect(out).toContain(`ticket ${path!.split('/')[3]}, credential `);
    expect([code, err]).toEqual([1, 'Failed: not every key could be destroyed\n']);
    expect(keys.files()).toContain(before);
  });
});
