import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  readSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { connect } from '#postgres';
import { appendMissing } from '../../../apps/credentials/src/audit/checkpoint-file.js';
import { type AuditUnderTest, startAudit } from './audit.fixture.js';

let audit: AuditUnderTest;
let database: DataSource;
let file: string;
beforeAll(async () => {
  audit = await startAudit();
  database = await connect({ url: audit.service.database.serviceUrl });
  file = join(audit.service.keyringDir, 'checkpoints');
});
afterAll(async () => {
  await database.destroy();
  await audit.stop();
});

const append = () => database.transaction((tx) => appendMissing(tx, file));
const lines = (): string[] => readFileSync(file, 'utf8').split('\n');
/** More than can be read into memory at once; the file system stores nothing of it. */
const much = 3 * 1024 ** 3;

function textFrom(position: number): string {
  const descriptor = openSync(file, 'r');
  const text = Buffer.alloc(65_536);
  const length = readSync(descriptor, text, { position });
  closeSync(descriptor);
  return text.toString('utf8', 0, length);
}

describe('the file of checkpoints', () => {
  it('is continued after its last line, without a look at what is before', async () => {
    await append();
    const [first] = lines();
    truncateSync(file, much);
    appendFileSync(file, `\n${first}\n`);
    await audit.usedTicket();
    await audit.checkpoints.keep();
    await append();
    const stored = await audit.service.database.query(
      'SELECT jws FROM audit_checkpoint ORDER BY number',
    );
    expect(textFrom(much).split('\n')).toEqual(['', ...stored.map(({ jws }) => jws), '']);
  });

  it('is left as it is where it holds something else', async () => {
    for (const other of ['x'.repeat(100_000), 'not.e30.this\n']) {
      writeFileSync(file, other);
      await expect(append()).rejects.toThrow('its last line is no checkpoint');
      expect(readFileSync(file, 'utf8')).toBe(other);
    }
  });
});
