import { readFileSync, writeFileSync } from 'node:fs';
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

describe('the file of checkpoints', () => {
  it('is continued after its last line, without a look at what is before', async () => {
    await append();
    const [first] = lines();
    writeFileSync(file, `${'x'.repeat(100_000)}\n${first}\n`);
    await audit.usedTicket();
    await audit.checkpoints.keep();
    await append();
    const stored = await audit.service.database.query('SELECT jws FROM audit_checkpoint ORDER BY number');
    expect(lines().slice(1)).toEqual([...stored.map(({ jws }) => jws), '']);
  });

  it('is left as it is where it holds something else', async () => {
    for (const other of ['x'.repeat(100_000), 'not.e30.this\n']) {
      writeFileSync(file, other);
      await expect(append()).rejects.toThrow('its last line is no checkpoint');
      expect(readFileSync(file, 'utf8')).toBe(other);
    }
  });
});
