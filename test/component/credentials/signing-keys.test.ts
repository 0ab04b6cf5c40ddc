import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, UnitOfWork } from '#postgres';
import { type PublicKeySet, SigningKeyDirectory } from '#signing';
import { auditVerbs } from '../../../apps/credentials/src/cli/audit.verbs.js';
import { Checkpoints } from '../../../apps/credentials/src/audit/checkpoints.js';
import { receiptsVerbs } from '../../../apps/credentials/src/cli/receipts.verbs.js';
import { SigningKeys } from '../../../apps/credentials/src/receipts/signing-keys.js';
import { verifyReceipt } from '../../../apps/credentials/src/receipts/verify-receipts.js';
import { waitUntilPasses } from '../../support/wait-for.js';
import { runVerbs } from '../../support/verbs.js';
import {
  type CredentialsUnderTest,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
} from './harness.js';

let service: CredentialsUnderTest;
beforeEach(async () => {
  service = await startCredentials();
});
afterEach(() => service.stop());

const served = async ({ url } = service) =>
  (await (await fetch(`${url}/.well-known/receipt-keys.json`)).json()) as PublicKeySet;
const kidsOf = ({ keys }: PublicKeySet) => keys.map(({ kid }) => kid);
const onFile = () =>
  JSON.parse(
    readFileSync(join(service.keyringDir, 'signing', 'receipt-keys.json'), 'utf8'),
  ) as PublicKeySet;
const stored = async () =>
  (await service.database.query<{ kid: string }>('SELECT kid FROM signing_key ORDER BY kid')).map(
    ({ kid }) => kid,
  );
/** What a restore does to the keys that were made since the backup. */
const forgetKeys = () => service.database.query('DELETE FROM signing_key');
const isGood = async (jws: string) => (await verifyReceipt(jws, await served())).ok;
const environment = () => ({
  CREDENTIALS_DATABASE_URL: service.database.serviceUrl,
  CREDENTIALS_MIGRATION_DATABASE_URL: service.database.ownerUrl,
  KEYRING_DIR: service.keyringDir,
});

/** Destroys a credential. @returns its receipt, once it is signed */
async function receipt(): Promise<string> {
  const { ticketId, path } = newTicket(service);
  const { body } = await service.call('customer-1', 'POST', path, secret);
  await service.call('customer-1', 'DELETE', `${path}/${body.id}`);
  return waitUntilPasses(async () => {
    const { body: receipts } = await service.call(
      'customer-1',
      'GET',
      `/v1/tickets/${ticketId}/destruction-receipts`,
    );
    expect(receipts.items[0].jws).toEqual(expect.any(String));
    return receipts.items[0].jws as string;
  });
}

describe('after the database forgot the public keys', () => {
  it('what was signed before verifies, here and in the service that is started next, also by a key that signs no more', async () => {
    const old = await receipt();
    expect((await runVerbs(receiptsVerbs, ['receipts', 'rotate'], environment())).code).toBe(0);
    const young = await receipt();
    const before = kidsOf(await served());
    expect(before).toHaveLength(2);
    await forgetKeys();
    expect(kidsOf(await served())).toEqual(before);
    const next = await replicaOf(service);
    expect(kidsOf(await served(next))).toEqual(before);
    expect([await isGood(old), await isGood(young)]).toEqual([true, true]);
    await waitUntilPasses(async () => {
      expect(await stored()).toEqual(before);
    });
    expect(kidsOf(onFile())).toEqual(before);
    await next.stop();
  });

  it('the next signature brings its own back in its transaction, whatever else this host has forgotten', async () => {
    await receipt();
    await forgetKeys();
    rmSync(join(service.keyringDir, 'signing', 'receipt-keys.json'));
    const jws = await receipt();
    expect(await stored()).toHaveLength(1);
    expect(await isGood(jws)).toBe(true);
  });

  it('a key of another host, which was served, is served on, and stored again', async () => {
    await receipt();
    const elsewhere = await new SigningKeyDirectory(
      join(service.keyringDir, 'another-host'),
    ).create();
    await service.database.query('INSERT INTO signing_key (kid, public_key) VALUES ($1, $2)', [
      elsewhere.kid,
      elsewhere.publicKey,
    ]);
    const before = kidsOf(await served());
    expect(before).toContain(elsewhere.kid);
    await forgetKeys();
    expect(kidsOf(await served())).toEqual(before);
    const next = await replicaOf(service);
    await waitUntilPasses(async () => {
      expect(await stored()).toEqual(before);
    });
    await next.stop();
  });

  it('checkpoints are verified by the keys that this host has published', async () => {
    await receipt();
    const database = await connect({ url: service.database.serviceUrl });
    const keys = new SigningKeys(
      database,
      new SigningKeyDirectory(join(service.keyringDir, 'signing')),
    );
    await new Checkpoints(new UnitOfWork(database), keys, { seconds: 0, file: undefined }).keep();
    await database.destroy();
    const verify = () => runVerbs(auditVerbs, ['audit', 'verify'], environment());
    const before = await verify();
    expect(before).toMatchObject({ code: 0, out: expect.stringContaining(' checkpoints agree') });
    await forgetKeys();
    expect(await verify()).toEqual(before);
  });
});

describe('the first key of a host', () => {
  it('is one, though receipts and checkpoints ask for it at the same moment', async () => {
    const database = await connect({ url: service.database.serviceUrl });
    const folder = new SigningKeyDirectory(join(service.keyringDir, 'of-a-new-host'));
    const keys = new SigningKeys(database, folder);
    const made = await Promise.all([1, 2, 3].map(() => keys.current(database)));
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(1);
    await database.destroy();
  });
});

describe('a signature that is rolled back', () => {
  it('leaves no public half behind, and the next one brings it', async () => {
    const database = await connect({ url: service.database.serviceUrl });
    const keys = new SigningKeys(
      database,
      new SigningKeyDirectory(join(service.keyringDir, 'of-its-own')),
    );
    const work = new UnitOfWork(database);
    const taken = work.run(async (tx) => {
      await keys.current(tx);
      throw new Error('rolled back');
    });
    await expect(taken).rejects.toThrow('rolled back');
    const { kid } = await work.run((tx) => keys.current(tx));
    expect(await stored()).toContain(kid);
    await database.destroy();
  });
});

describe('a file of public keys that cannot be read', () => {
  it('is not written over, and says what to do', async () => {
    const folder = join(service.keyringDir, 'torn');
    const keys = new SigningKeyDirectory(folder);
    const { publicKey } = await keys.create();
    await keys.publish([publicKey]);
    expect(keys.published()).toEqual([publicKey]);
    writeFileSync(join(folder, 'receipt-keys.json'), '');
    await expect(keys.publish([publicKey])).rejects.toThrow(
      /is no set of public keys. Restore it, or move it away/,
    );
    expect(readFileSync(join(folder, 'receipt-keys.json'), 'utf8')).toBe('');
  });
});
