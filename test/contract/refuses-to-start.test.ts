import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { grants, migrations } from '../../apps/credentials/src/persistence/schema.js';
import { ServiceProcess } from '../e2e/service-process.js';
import { type TestDatabase, testVariable } from '../support/database.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { right, type Service, services } from './environments.js';
import { faultyIdentity } from './environments-of-identity.js';
import { faulty } from './faulty-environments.js';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await migratedDatabase(testVariable('TEST_CREDENTIALS_MIGRATION_DATABASE_URL'), {
    migrations,
    grants,
  });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** @returns what it said until it ended, which it did by itself, with 1 */
async function refusalOf(service: Service, env: NodeJS.ProcessEnv): Promise<string> {
  const running = ServiceProcess.start(service, { ...env, PORT: '0' });
  expect(await running.ended()).toBe(1);
  return running.lines.join('\n');
}

describe('a service whose environment is wrong', () => {
  it.each(services)(
    'ends with 1 and names every variable that is, and the value of none (%s)',
    async (service) => {
      const ours = [...faulty, ...faultyIdentity].filter((fault) =>
        fault.services.includes(service),
      );
      const wrong = Object.assign(
        { ...right(service) },
        ...ours.filter(({ alone }) => !alone).map(({ change }) => change),
      ) as NodeJS.ProcessEnv;
      const said = await refusalOf(service, wrong);
      for (const { variable } of ours.filter(({ alone }) => !alone))
        expect(said).toMatch(new RegExp(`\\b${variable} `));
      const values = Object.values(wrong).filter(
        (value = '') => value.length >= 8 && value !== 'production',
      );
      for (const value of values) expect(said).not.toContain(value);
    },
  );
});

describe('a service whose key ring is not to be trusted', () => {
  type Spoil = (ring: string) => void;
  const cases: [string, string, Spoil][] = [
    [
      'is not there',
      'mkdir -m 700 $KEYRING_DIR',
      (ring) => {
        rmSync(ring, { recursive: true });
      },
    ],
    [
      'may be entered by others',
      'Other users may enter the key ring $KEYRING_DIR',
      (ring) => {
        chmodSync(ring, 0o750);
      },
    ],
    [
      'has a key that others may read',
      'Other users may reach the key file $KEYRING_DIR/01900000-0000-7000-8000-000000000000.kek',
      (ring) => {
        writeFileSync(join(ring, '01900000-0000-7000-8000-000000000000.kek'), Buffer.alloc(49), {
          mode: 0o644,
        });
      },
    ],
    [
      'lies in the directory of a database',
      'The key ring lies in the database directory',
      (ring) => {
        writeFileSync(join(ring, '..', 'PG_VERSION'), '18');
      },
    ],
  ];

  it('ends with 1 and says by the name of the variable what to do', async () => {
    const rings = cases.map((_, at) => join(folder, String(at), 'ring'));
    const refusals = cases.map(([, , spoil], at) => {
      mkdirSync(rings[at]!, { recursive: true, mode: 0o700 });
      spoil(rings[at]!);
      return refusalOf('credentials', {
        ...right('credentials'),
        CREDENTIALS_DATABASE_URL: database.serviceUrl,
        KEYRING_DIR: rings[at],
        SIGNING_KEYS_DIR: join(folder, 'signing'),
      });
    });
    for (const [at, said] of (await Promise.all(refusals)).entries()) {
      expect([cases[at]![0], said]).toEqual([
        cases[at]![0],
        expect.stringContaining(cases[at]![1]),
      ]);
      expect(said).toContain('KEYRING_DIR');
      expect(said).not.toContain(rings[at]);
    }
  });
});
