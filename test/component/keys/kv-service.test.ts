import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type DataSource } from 'typeorm';
import { KvKeyRing, type KvSettings } from '#envelope';
import { connect } from '#postgres';
import { Custody } from '../../../apps/credentials/src/custody/custody.js';
import { openKeyRing } from '../../../apps/credentials/src/custody/key-ring-place.js';
import { KvServer } from '../../support/kv-server.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  metric,
  newTicket,
  replicaOf,
  secret,
  startCredentials,
} from '../credentials/harness.js';
import { checkAll } from './keys.fixture.js';

let server: KvServer;
let kv: KvSettings;
let service: CredentialsUnderTest;
let database: DataSource;
/** A rotator beside the service, as another host has. */
let custody: Custody;
beforeAll(async () => {
  server = await KvServer.start();
  kv = { url: server.url, mount: 'secret', path: 'keys', token: () => server.token };
  service = await startCredentials({ keyRing: { kv } });
  database = await connect({ url: service.database.serviceUrl });
  custody = new Custody(database, await KvKeyRing.open(kv));
});
const hosts: CredentialsUnderTest[] = [];
afterEach(async () => {
  server.sealed = false;
  server.injectedFaults.length = 0;
  for (const host of hosts.splice(0)) await host.stop();
});
afterAll(async () => {
  await database.destroy();
  await service.stop();
  await server.stop();
});

/** A replica on another host, which has read no key yet that it does not need. */
async function startHost(): Promise<CredentialsUnderTest> {
  const host = await replicaOf(service, { keyRing: { kv } });
  hosts.push(host);
  return host;
}

const submit = async (to = service) => {
  const { path } = newTicket(to);
  return { path, ...(await to.call('customer-1', 'POST', path, secret)) };
};
const reveal = (path: string, by = service) => by.call('agent-1', 'POST', `${path}/reveal`);
const storedKeys = () => [...server.secrets.keys()].map((path) => path.replace('keys/', ''));

describe('the service over a ring in a KV secrets engine', () => {
  it('seals, opens and rotates, on several hosts, and destroys there what it rotated away', async () => {
    const host = await startHost();
    const { path, status } = await submit();
    expect([status, (await reveal(path, host)).body.items]).toMatchObject([201, [secret]]);
    const before = storedKeys();
    const { began, destroyed, rewrapped } = await custody.rotation.turn(0);
    expect({ destroyed, left: storedKeys(), rewrapped }).toEqual({
      destroyed: before,
      left: [began],
      rewrapped: 1,
    });
    expect((await reveal((await submit(host)).path)).body.items).toMatchObject([secret]);
    expect((await reveal(path)).body.items).toMatchObject([secret]);
  });

  it('goes on with the keys that it has while the engine is away', async () => {
    const { path } = await submit();
    server.sealed = true;
    expect((await reveal(path)).body.items).toMatchObject([secret]);
    expect((await submit()).status).toBe(201);
    server.sealed = false;
  });

  it('answers 503 for want of a key that it has not, raises no alarm about credentials, and loses nothing', async () => {
    await custody.rotation.turn(0);
    const { path } = await submit();
    const fresh = await startHost();
    // Its own first turn is over, so that it does not happen upon the key of ours.
    await waitFor(() => metric(fresh, 'job_last_success_timestamp_seconds{job="key-rotation"'));
    await custody.rotation.turn(0);
    server.sealed = true;
    const refused = [await reveal(path, fresh), await submit(fresh)];
    for (const { status, body, headers } of refused)
      expect([status, body.code, Number(headers.get('retry-after'))]).toEqual([
        503,
        'unavailable',
        5,
      ]);
    expect(JSON.stringify(refused)).not.toContain(server.url.host);
    expect(await metric(fresh, 'key_ring_outages_total')).toBe(2);
    expect(await metric(fresh, 'secrets_not_opened_total')).toBe(0);
    await expect(
      checkAll(database, new Custody(database, custody.ring).vault),
    ).rejects.toMatchObject({ code: 'sealed' });
    server.sealed = false;
    expect((await reveal(path, fresh)).body.items).toMatchObject([secret]);
  });

  it('loses nothing where a rotation meets an outage, at whichever step it begins, and ends it in the next turn', async () => {
    const { path } = await submit();
    let isThrough = false;
    for (let step = 1; !isThrough; step += 1) {
      // What is asked from this step on is done, but nobody hears of it.
      server.injectedFaults.push(
        ...Array<undefined>(step - 1).fill(undefined),
        ...Array<'lose'>(100).fill('lose'),
      );
      isThrough = await custody.rotation.turn(0).then(
        () => true,
        () => false,
      );
      server.injectedFaults.length = 0;
      expect([step, (await reveal(path)).body.items]).toMatchObject([step, [secret]]);
      // Time passes, so that what was begun and given up is old.
      await service.database.query(
        `UPDATE key_encryption_key SET created_at = now() - interval '2 hours'`,
      );
      await custody.rotation.turn(86_400);
      expect([step, (await checkAll(database, custody.vault)).faults, storedKeys().length]).toEqual(
        [step, [], 1],
      );
    }
    expect(
      (await service.database.query('SELECT id FROM key_encryption_key')).map(
        ({ id }) => id as string,
      ),
    ).toEqual(storedKeys());
  });
});

describe('a start over a ring that cannot be asked', () => {
  it('waits for it, and says so once', async () => {
    server.sealed = true;
    const reasons: string[] = [];
    const opening = openKeyRing(
      { kv },
      { timeoutMs: 30_000, onWait: ({ message }) => reasons.push(message) },
    );
    while (reasons.length === 0) await new Promise(setImmediate);
    server.sealed = false;
    expect(await (await opening).list()).toEqual(storedKeys());
    expect(reasons).toEqual([expect.stringMatching(/^KEYRING_VAULT_URL: .* is sealed/)]);
  });

  it('fails at once where it does not let us in, and in the end where nobody answers', async () => {
    const wait = { timeoutMs: 600_000, onWait: () => undefined };
    await expect(openKeyRing({ kv: { ...kv, token: () => 'wrong' } }, wait)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/^KEYRING_VAULT_TOKEN: The key ring at \$KEYRING_VAULT_URL /),
    });
    await expect(
      openKeyRing({ kv: { ...kv, url: new URL('http://127.0.0.1:1') } }),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });
});
