import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { SigningKeyDirectory } from '#signing';
import { receiptsVerbs } from '../../../apps/credentials/src/cli/receipts.verbs.js';
import { waitUntilPasses } from '../../support/wait-for.js';
import { type Outcome, runVerbs } from '../../support/verbs.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

let service: CredentialsUnderTest;
let signing: string;
beforeAll(async () => {
  service = await startCredentials();
  signing = join(service.keyringDir, 'signing');
});
afterAll(() => service.stop());

const program = resolve(import.meta.dirname, '../../../dist/apps/credentials/src/cli.js');
/**
 * The command as `npm run receipts --` starts it, in a process that has
 * nothing in its environment.
 */
const runAlone = (...args: string[]) =>
  new Promise<Outcome>((done) => {
    execFile(process.execPath, [program, 'receipts', ...args], { env: {} }, (error, out, err) => {
      done({ code: Number(error?.code ?? 0), out, err });
    });
  });
const run = (...args: string[]) =>
  runVerbs(receiptsVerbs, ['receipts', ...args], {
    CREDENTIALS_DATABASE_URL: service.database.serviceUrl,
    KEYRING_DIR: service.keyringDir,
  });

const rotateIn = (KEYRING_DIR: string) =>
  runVerbs(receiptsVerbs, ['receipts', 'rotate'], {
    CREDENTIALS_DATABASE_URL: service.database.serviceUrl,
    KEYRING_DIR,
  });

/**
 * Destroys a credential.
 * @returns the answer that holds its receipt, in a file, once it is signed
 */
async function receiptOf(name: string): Promise<{ file: string; jws: string }> {
  const { ticketId, path } = newTicket(service);
  const { body } = await service.call('customer-1', 'POST', path, secret);
  await service.call('customer-1', 'DELETE', `${path}/${body.id}`);
  const answer = await waitUntilPasses(async () => {
    const receipts = await service.call(
      'customer-1',
      'GET',
      `/v1/tickets/${ticketId}/destruction-receipts`,
    );
    expect(receipts.body.items[0].jws).toEqual(expect.any(String));
    return receipts.body;
  });
  const file = join(service.keyringDir, name);
  writeFileSync(file, JSON.stringify(answer));
  return { file, jws: answer.items[0].jws as string };
}

/** What anybody may fetch, in a file. */
async function publishedKeys(): Promise<string> {
  const file = join(service.keyringDir, 'published.json');
  writeFileSync(
    file,
    await (await fetch(new URL('/.well-known/receipt-keys.json', service.url))).text(),
  );
  return file;
}
const pems = () => readdirSync(signing).filter((name) => name.endsWith('.pem'));
const signerOf = (jws: string) =>
  JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString()).kid as string;

describe('npm run receipts', () => {
  it('-- verify needs nothing but the receipts and the published keys: no service, no database', async () => {
    const { file, jws } = await receiptOf('one.json');
    const good = await runAlone('verify', file, '--keys', await publishedKeys());
    expect(good).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^valid: receipt .*: 1 destroyed at .* \(withdrawn\);/),
    });
    expect(good.out).toContain(`signed by key ${signerOf(jws)}`);
    const [header, claims, signature] = jws.split('.');
    const later = Buffer.from(
      Buffer.from(claims!, 'base64url').toString().replace('withdrawn', 'expired'),
    ).toString('base64url');
    writeFileSync(file, [header, later, signature].join('.'));
    expect(await run('verify', file, '--keys', await publishedKeys())).toEqual({
      code: 1,
      out: 'NOT VALID: the signature does not fit what is signed\n',
      err: 'Failed: 1 of 1 receipts are not to be believed\n',
    });
  });

  it('-- rotate has the running service sign with a new key, and what was signed before stays verifiable', async () => {
    const before = await receiptOf('before.json');
    const { code, out } = await run('rotate');
    const kid = /^key ([-0-9a-f]{36}) signs from now on$/m.exec(out)?.[1];
    expect([code, pems()]).toEqual([0, [`${kid}.pem`]]);
    const after = await receiptOf('after.json');
    expect([signerOf(after.jws), signerOf(before.jws) === kid]).toEqual([kid, false]);
    for (const { file } of [before, after]) {
      expect((await run('verify', file, '--keys', await publishedKeys())).code).toBe(0);
      expect((await run('verify', file)).code).toBe(0);
    }
  });

  it.each(['its key', 'its directory'])(
    '-- rotate changes nothing where another user signs: %s is not ours',
    async (what) => {
      const KEYRING_DIR = mkdtempSync(join(service.keyringDir, 'another-'));
      const keys = new SigningKeyDirectory(join(KEYRING_DIR, 'signing'));
      if (what === 'its key') await keys.create();
      const there = () => readdirSync(join(KEYRING_DIR, 'signing'));
      const [before, ourselves] = [there(), process.geteuid];
      process.geteuid = () => 4_294_967;
      const { code, err } = await rotateIn(KEYRING_DIR).finally(
        () => (process.geteuid = ourselves!),
      );
      expect([code, there()]).toEqual([1, before]);
      expect(err).toMatch(/^Failed: .* belongs to user \d+, who could not read a key of yours/);
      expect(await rotateIn(KEYRING_DIR)).toMatchObject({ code: 0 });
    },
  );

  it('-- rotate makes no directory where the service has none', async () => {
    const KEYRING_DIR = join(service.keyringDir, 'misspelled');
    expect(await rotateIn(KEYRING_DIR)).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no directory'),
    });
    expect(existsSync(KEYRING_DIR)).toBe(false);
  });

  it('-- rotate asks for the directory itself where the ring is none', async () => {
    const environment = {
      CREDENTIALS_DATABASE_URL: service.database.serviceUrl,
      KEYRING_VAULT_URL: 'https://vault.example',
    };
    const { code, err } = await runVerbs(receiptsVerbs, ['receipts', 'rotate'], environment);
    expect([code, err]).toEqual([1, expect.stringContaining('SIGNING_KEYS_DIR is missing')]);
  });

  it('go on with a new key when the one that is there is older than 90 days', async () => {
    const [young] = pems();
    const old = `${uuidv7({ msecs: Date.now() - 91 * 86_400_000 })}.pem`;
    renameSync(join(signing, young!), join(signing, old));
    const { jws } = await receiptOf('aged.json');
    expect(pems()).toEqual([`${signerOf(jws)}.pem`]);
    expect(pems()).not.toEqual([old]);
  });
});
