import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { DirectoryKeyRing } from '#envelope';
import { withConnection } from '#postgres';
import { Custody } from '../../../apps/credentials/src/custody/custody.js';
import { newTicket, secret } from '../credentials/harness.js';
import { hold } from '../credentials/held.js';
import {
  anythingBlocked,
  shareGate,
  type KeysUnderTest,
  rotateDuring,
  startKeys,
} from './keys.fixture.js';

let keys: KeysUnderTest;
beforeAll(async () => {
  keys = await startKeys();
});
afterAll(() => keys.stop());

const call = (...args: Parameters<KeysUnderTest['service']['call']>) => keys.service.call(...args);

describe('a rotation while customers and agents are at work', () => {
  it.each(['BEFORE INSERT ON credential', 'AFTER INSERT ON credential'])(
    'waits for a submit that stands still (%s) under the key before, and takes it along',
    async (event) => {
      const { path } = newTicket(keys.service);
      const before = await keys.current();
      const submit = await shareGate(keys.service, event);
      const submitted = call('customer-1', 'POST', path, secret);
      await submit.reached();
      const rotated = keys.custody.rotation.turn(0);
      await anythingBlocked(keys.service);
      expect([await keys.current(), keys.files()]).not.toEqual([before, [before]]);
      expect(keys.files()).toContain(before);
      await submit.letGo();
      expect((await submitted).status).toBe(201);
      expect(await rotated).toMatchObject({ destroyed: [before], unwrappable: [] });
      expect(await keys.reveal([path])).toMatchObject([[secret]]);
      expect(keys.files()).toEqual([await keys.current()]);
    },
  );

  it('asks the ring for a key while it holds no gate, so that a slow ring delays nobody', async () => {
    const [path] = await keys.submit(1);
    const ticketId = path!.split('/')[3]!;
    const ring = await DirectoryKeyRing.open(keys.service.keyringDir);
    const read = ring.read.bind(ring);
    ring.read = async (id) => {
      await (await hold(keys.service, ticketId, 'gate')).letGo();
      return read(id);
    };
    const done = await withConnection(
      { url: keys.service.database.serviceUrl, statementTimeout: 5000 },
      (source) => new Custody(source, ring).rotation.turn(0),
    );
    expect(done).toMatchObject({ unwrappable: [], destroyed: [expect.any(String)] });
    expect(done.rewrapped).toBeGreaterThan(0);
  });

  it('seals under the new key where the one that it was about to take ceased to be current at that moment', async () => {
    const { path } = newTicket(keys.service);
    const [before, next] = [await keys.current(), uuidv7()];
    await keys.custody.ring.create(next);
    await keys.service.database.query(
      'INSERT INTO key_encryption_key (id, is_current) VALUES ($1, false)',
      [next],
    );
    const client = new pg.Client({ connectionString: keys.service.database.ownerUrl });
    await client.connect();
    await client.query('BEGIN; SELECT FROM key_encryption_key FOR UPDATE');
    const submitted = call('customer-1', 'POST', path, secret);
    await anythingBlocked(keys.service);
    await client.query('UPDATE key_encryption_key SET is_current = false WHERE is_current');
    await client.query('UPDATE key_encryption_key SET is_current = true WHERE id = $1', [next]);
    await client.query('COMMIT');
    await client.end();
    expect((await submitted).status).toBe(201);
    expect(await keys.reveal([path])).toMatchObject([[secret]]);
    expect((await keys.custody.rotation.turn(86_400)).destroyed).toEqual([before]);
  });

  it.each([
    ['reveal', (path: string) => call('agent-1', 'POST', `${path}/reveal`)],
    [
      'edit of a note',
      (path: string) =>
        call('agent-1', 'PATCH', path, { additionalInformation: 'new' }, { 'if-match': '"1"' }),
    ],
  ])(
    'waits for a %s that stands still under the key before, which then succeeds',
    async (_, act) => {
      const { path } = newTicket(keys.service);
      const { body } = await call('customer-1', 'POST', path, secret);
      const before = await keys.current();
      const action = await shareGate(keys.service, 'AFTER INSERT ON access_log');
      const answer = act(`${path}/${body.id}`);
      await action.reached();
      const rotated = keys.custody.rotation.turn(0);
      await anythingBlocked(keys.service);
      expect(keys.files()).toContain(before);
      await action.letGo();
      expect((await answer).status).toBe(200);
      expect(await rotated).toMatchObject({ destroyed: [before], unwrappable: [] });
      expect((await keys.check()).faults).toEqual([]);
    },
  );

  it('lets every submit, reveal and edit through, however often it happens', async () => {
    const statuses: number[] = [];
    const agent = async (path: string) => {
      const { body } = await call('agent-1', 'GET', path);
      for (let version = 1; version <= 6; version += 1) {
        const edit = { additionalInformation: `note ${version}` };
        const edited = await call('agent-1', 'PATCH', `${path}/${body.items[0].id}`, edit, {
          'if-match': `"${version}"`,
        });
        const revealed = await call('agent-1', 'POST', `${path}/reveal`);
        statuses.push(edited.status, revealed.status);
        expect(revealed.body.items).toMatchObject([{ ...secret, ...edit }]);
      }
    };
    const customer = async () => {
      for (let count = 0; count < 15; count += 1)
        statuses.push(
          (await call('customer-1', 'POST', newTicket(keys.service).path, secret)).status,
        );
    };
    const turns = await rotateDuring(
      keys.custody,
      Promise.all([...(await keys.submit(4)).map(agent), customer(), customer()]),
    );
    expect([statuses.length, new Set(statuses)]).toEqual([78, new Set([200, 201])]);
    expect([turns.length > 1, turns.flatMap(({ unwrappable }) => unwrappable)]).toEqual([true, []]);
    expect((await keys.check()).faults).toEqual([]);
    expect(keys.files()).toEqual([await keys.current()]);
  });
});
