import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '#postgres';
import {
  areStored,
  isNothingStored,
  storedPlaces,
  wrappedWith,
} from '../../../apps/credentials/src/persistence/stored-credentials.js';
import { grants, migrations } from '../../../apps/credentials/src/persistence/schema.js';
import { type TestDatabase } from '../../support/database.js';
import { migratedDatabase } from '../../support/migrated-database.js';
import { type PostgresPair, startPair } from '../../support/postgres-pair.js';
import { waitFor } from '../../support/wait-for.js';
import { type CredentialsUnderTest, metric, newTicket, replicaOf, secret } from './harness.js';
import { FakeTickets } from './fake-tickets.js';

let pair: PostgresPair;
let database: TestDatabase;
let keyringDir: string;
const tickets = new FakeTickets();
beforeAll(async () => {
  pair = await startPair();
  database = await migratedDatabase(pair.primary, { migrations, grants });
  keyringDir = mkdtempSync(join(tmpdir(), 'standby-'));
});
afterAll(async () => {
  await database.drop();
  await pair.stop();
  rmSync(keyringDir, { recursive: true });
});

const startAt = (serviceUrl: string): Promise<CredentialsUnderTest> =>
  replicaOf({ keyringDir, tickets, database: { ...database, serviceUrl } });
const beats = async (): Promise<number> =>
  Number((await database.query<{ beat: string }>('SELECT beat FROM database_mark'))[0]?.beat);

describe('a standby', () => {
  it('raises no doubt by what it still has', async () => {
    await pair.waitForReplay();
    const standby = await connect({ url: pair.atStandby(database.serviceUrl) });
    const place = { ticketId: 'T-1', id: '00000000-0000-0000-0000-000000000001' };
    const looks = [
      () => storedPlaces(standby, 1).next(),
      () => areStored(standby, [place]),
      () => isNothingStored(standby),
      () => wrappedWith(standby, [place.id]),
    ];
    for (const look of looks) await expect(look()).rejects.toMatchObject({ code: '25006' });
    await standby.destroy();
  });
});

describe('a standby that was promoted and lacks nothing', () => {
  it('is the database that was left: credentials are revealed, and nobody is needed', async () => {
    const before = await startAt(database.serviceUrl);
    const { path } = newTicket(before);
    expect((await before.call('customer-1', 'POST', path, secret)).status).toBe(201);
    await waitFor(async () => (await beats()) > 1);
    await before.halt();
    await pair.waitForReplay();
    await pair.promote();
    const after = await startAt(pair.atStandby(database.serviceUrl));
    expect(await after.call('agent-1', 'POST', `${path}/reveal`)).toMatchObject({
      status: 200,
      body: { items: [{ number: 1 }] },
    });
    expect(await metric(after, 'database_in_doubt{')).toBe(0);
    await after.halt();
  });
});
