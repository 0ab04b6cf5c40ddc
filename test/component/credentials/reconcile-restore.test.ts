import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { credentialsDestroyedEvent } from '#contracts';
import { eventually } from '../../support/eventually.js';
import { waitFor } from '../../support/wait-for.js';
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
    await eventually(async () => {
      expect((await stage.reveal(live)).status).toBe(200);
    });
  });
});

describe('npm run credentials -- reconcile-restore', () => {
  it('does nothing by itself where nobody can say what was destroyed', async () => {
    const { gone, live, restore } = await stage.withdrawAfterBackup();
    await restore();
    await stage.untilDoubt();
    stage.service.tickets.reachable = false;
    const refused = await reconcileRestore(stage.service, '--yes');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('more may have been destroyed than is known') });
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
    expect([await stored(stage.service, gone.ticketId), await stored(stage.service, live.ticketId)]).toEqual([0, 1]);
  });

  it('destroys all that is stored, if told to, and what no key of the ring opens any more', async () => {
    const [one, other] = [await stage.share(), await stage.share()];
    const [key] = await stage.service.database.query<{ id: string }>('SELECT id FROM key_encryption_key WHERE is_current');
    rmSync(join(stage.service.keyringDir, `${key!.id}.kek`));
    const { code, out } = await reconcileRestore(stage.service);
    expect([code, out]).toEqual([1, expect.stringContaining('2 of them cannot be opened: the ring has no key for them any more')]);
    expect((await reconcileRestore(stage.service, '--yes', '--all')).code).toBe(0);
    expect([await stored(stage.service, one.ticketId), await stored(stage.service, other.ticketId)]).toEqual([0, 0]);
    expect(await receipts(stage.service, one.ticketId)).toMatchObject([{ reason: 'restored' }]);
    await eventually(async () => {
      expect((await stage.reveal(await stage.share())).status).toBe(200);
    });
  });
});
