import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partKey, readKeyRecord, unwrap, wrappingKeys } from '../support/crypto-format.js';
import { waitFor } from '../support/wait-for.js';
import { OwnStack } from './own-stack.js';
import { countInMemory, snapshotOptions, takeSnapshot } from './process-memory.js';
import { bytes, lootOf } from './stolen-database.js';

const marker = (name: string) => `${name}-${randomBytes(12).toString('hex')}`;
const secret = {
  username: marker('user'),
  password: marker('password'),
  additionalInformation: marker('note'),
};

/** As custody encodes it, which nobody else does: it stands only in Buffers of ours. */
const encoded = (name: string, value: string) =>
  Buffer.concat([
    Buffer.of(1, 0, 0, 0, name.length),
    Buffer.from(name),
    Buffer.of(1, 0, 0, 0, value.length),
    Buffer.from(value),
  ]);

let stack: OwnStack;
let folder: string;
let pid: number;
let gatewayPid: number;
/** All that the service has held in Buffers, and is not to hold any more. */
let past: Record<string, Buffer>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  stack = await OwnStack.start({ NODE_OPTIONS: snapshotOptions(folder) });
  [pid, gatewayPid] = [stack.pids('credentials')[0]!, stack.pids('gateway')[0]!];
  const credentials = `${await stack.ticket()}/credentials`;
  expect((await stack.call('customer-1', 'POST', credentials, secret)).status).toBe(201);
  past = await keysOf();
  expect(
    (await stack.call('agent-1', 'POST', `${credentials}/reveal`, {})).body.items,
  ).toMatchObject([secret]);
  await stack.rotate();
}, 180_000);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

const currentKey = (): Buffer => {
  const [file = ''] = readdirSync(stack.ring).filter((name) => name.endsWith('.kek'));
  return readKeyRecord(file.slice(0, -4), readFileSync(join(stack.ring, file)));
};

/**
 * The front half of memory that is given back is written over by the allocator; a key
 * that was not wiped shows by its rear.
 */
const rear = (key: Buffer): Buffer => key.subarray(16);

/**
 * Every key that a submit and a reveal have in hand, by what the page on the format says.
 */
async function keysOf(): Promise<Record<string, Buffer>> {
  const [row] = await lootOf(stack.database);
  const [kek, wrapped, context] = [
    currentKey(),
    bytes(row!.wrapped_key),
    [row!.ticket_id, row!.id, row!.kek_id],
  ];
  const dataKey = unwrap(kek, wrapped, context);
  return {
    'destroyed key': rear(kek),
    'data key': rear(dataKey),
    'wrapping key': rear(wrappingKeys(kek, wrapped, context).subarray(0, 32)),
    'key of the core': rear(partKey(dataKey, 'core')),
    'key of the note': rear(partKey(dataKey, 'note')),
    'encoded password': encoded('password', secret.password),
    'encoded note': encoded('additionalInformation', secret.additionalInformation),
  };
}

const nothing = () => Object.fromEntries(Object.keys(past).map((name) => [name, 0]));

describe('a minute after a credential was used, and its key rotated away,', () => {
  it('no Buffer of the service holds a key or a password any more', async () => {
    // The replica forgets a destroyed key within a minute; what it held goes
    // with the next collection.
    await waitFor(async () => {
      await takeSnapshot(pid, folder);
      return countInMemory(pid, past)['destroyed key'] === 0;
    }, 150_000);
    expect(countInMemory(pid, past)).toEqual(nothing());
    // And the search finds what is there: the key that is current, and is needed.
    const needed = await stack.call('customer-1', 'POST', `${await stack.ticket()}/credentials`, {
      username: 'x',
      password: 'y',
    });
    expect(needed.status).toBe(201);
    expect(countInMemory(pid, { current: rear(currentKey()) }).current).toBeGreaterThan(0);
  }, 240_000);

  it('nothing that lives on the heap of the services is, or holds, what was typed into a secret field', async () => {
    for (const process of [pid, gatewayPid]) {
      const snapshot = await takeSnapshot(process, folder);
      for (const typed of Object.values(secret)) expect(snapshot.includes(typed)).toBe(false);
      // A string that lives as long as the process: so strings are there to be found.
      expect(snapshot.includes('POST')).toBe(true);
    }
  }, 240_000);
});
