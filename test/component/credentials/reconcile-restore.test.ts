import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { credentialsDestroyedEvent } from '#contracts';
import { maxOwed } from '../../../apps/credentials/src/persistence/database-mark.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { stored } from './harness.js';
import { reconcileRestore, Restorable, unknown } from './restore.fixture.js';
import { receipts } from './upkeep.fixture.js';

const stage = Restorable.ofEachTest();

describe('another database, with credentials in it', () => {
  it('is in doubt until an operator says that it is the one', async () => {
    const live = await stage.share();
    await waitFor(() => existsSync(stage.markFile));
    await stage.service.database.query('UPDATE database_mark SET database = gen_random_uuid()');
    expect(await stage.untilDoubt()).toBe('another');
    expect(await stage.reveal(live)).toMatchObject(unknown);
    expect((await reconcileRestore(stage.service, '--yes')).code).toBe(0);
    await waitUntilPasses(async () => {
      expect((await stage.reveal(live)).status).toBe(200);
    });
  });
});

/** Destructions cannot be told to the broker. */
const holdBack = `
  CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN NEW.next_attempt_at := 'infinity'; RETURN NEW; END $$;
  CREATE TRIGGER hold_back
    BEFORE INSERT ON outbox
    FOR EACH ROW WHEN (NEW.type = 'credentials.destroyed') EXECUTE FUNCTION hold_back()`;
/** The destruction of so many credentials, of which the broker is not told. */
const owedEvent = `
  INSERT INTO outbox (id, exchange, type, payload, next_attempt_at)
  SELECT gen_random_uuid(), 'credential.events', 'credentials.destroyed',
    jsonb_build_object('data', jsonb_build_object('credentialIds', jsonb_agg(gen_random_uuid()))),
    'infinity'
  FROM generate_series(1, $1::int)`;

describe('npm run credentials -- reconcile-restore', () => {
  it('does nothing by itself where nobody can say what was destroyed', async () => {
    const { gone, live, restore } = await stage.withdrawAfterBackup();
    await restore();
    await stage.untilDoubt();
    stage.service.tickets.reachable = false;
    const refused = await reconcileRestore(stage.service, '--yes');
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('more may have been destroyed than is known'),
    });
    expect(refused.out).toContain('tickets cannot be asked which of them were destroyed');
    expect(await stage.doubt()).not.toBeNull();
    const file = join(stage.service.keyringDir, 'events.jsonl');
    const event = credentialsDestroyedEvent(
      {
        ticketId: gone.ticketId,
        phase: 0,
        reason: 'withdrawn',
        credentialIds: [gone.id],
        receiptId: gone.id,
      },
      new Date(),
    );
    writeFileSync(file, `${JSON.stringify({ specversion: '1.0' })}\n${JSON.stringify(event)}\n`);
    expect(await reconcileRestore(stage.service, '--yes', '--events', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 credentials were'),
    });
    stage.service.tickets.reachable = true;
    expect([
      await stored(stage.service, gone.ticketId),
      await stored(stage.service, live.ticketId),
    ]).toEqual([0, 1]);
  });

  it('destroys again what the broker had not been told of, since the mark names it', async () => {
    await stage.service.database.query(holdBack);
    const { gone, live, restore } = await stage.withdrawAfterBackup();
    stage.service.tickets.destroyed.splice(0);
    await waitFor(() => stage.mark().owed?.includes(gone.id));
    await restore();
    await stage.untilDoubt();
    expect((await reconcileRestore(stage.service)).out).toMatch(
      /had been told but of 1, which it names\n(.*\n)*1 of them were destroyed before, of which tickets could not hear in time$/m,
    );
    expect(await reconcileRestore(stage.service, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 credentials were'),
    });
    expect([
      await stored(stage.service, gone.ticketId),
      await stored(stage.service, live.ticketId),
    ]).toEqual([0, 1]);
  });

  it('does nothing by itself where they were more than a mark names, which stays small', async () => {
    const { restore } = await stage.withdrawAfterBackup();
    await stage.service.database.query(owedEvent, [maxOwed]);
    await waitFor(() => stage.mark().owed?.length === maxOwed);
    expect(statSync(stage.markFile).size).toBeLessThan(16_384);
    await stage.service.database.query(owedEvent, [1]);
    await waitFor(() => stage.mark().owed === null);
    await restore();
    await stage.untilDoubt();
    expect(await reconcileRestore(stage.service, '--yes')).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        'NOT every destruction had been told, and they were too many to be named',
      ),
    });
  });

  it('destroys all that is stored, if told to, and what no key of the ring opens any more', async () => {
    const [one, other] = [await stage.share(), await stage.share()];
    const [key] = await stage.service.database.query<{ id: string }>(
      'SELECT id FROM key_encryption_key WHERE is_current',
    );
    rmSync(join(stage.service.keyringDir, `${key!.id}.kek`));
    const { code, out } = await reconcileRestore(stage.service);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('2 of them cannot be opened: the ring has no key for them any more'),
    ]);
    expect((await reconcileRestore(stage.service, '--yes', '--all')).code).toBe(0);
    expect([
      await stored(stage.service, one.ticketId),
      await stored(stage.service, other.ticketId),
    ]).toEqual([0, 0]);
    expect(await receipts(stage.service, one.ticketId)).toMatchObject([{ reason: 'restored' }]);
    await waitUntilPasses(async () => {
      expect((await stage.reveal(await stage.share())).status).toBe(200);
    });
  });
});
