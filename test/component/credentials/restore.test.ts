import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import { metric, secret, stored } from './harness.js';
import { reconcileRestore, Restorable, unknown } from './restore.fixture.js';
import { receipts } from './upkeep.fixture.js';

const stage = Restorable.ofEachTest();

describe('a database that was restored under the running service', () => {
  it('reveals nothing from the first moment on, raises the alarm, and is right again when an operator has reconciled it', async () => {
    const { gone, live, restore } = await stage.withdrawAfterBackup();
    await restore();
    expect(await stage.reveal(gone)).toMatchObject(unknown);
    expect(await stage.untilDoubt()).toBe('behind');
    for (const { path } of [gone, live]) {
      expect(await stage.reveal({ path })).toMatchObject(unknown);
      expect(await stage.service.call('customer-1', 'GET', path)).toMatchObject(unknown);
      expect(await stage.service.call('customer-1', 'POST', path, secret)).toMatchObject(unknown);
    }
    expect(await metric(stage.service, 'database_in_doubt{')).toBe(1);
    const ready = await fetch(new URL('/readyz', stage.service.url));
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { checks: { restore: 'warning' } },
    ]);
    const report = await stage.service.call('admin-1', 'GET', '/internal/report');
    expect(report.body.databaseDoubt).toMatchObject({ fault: 'behind' });
    expect([
      await stored(stage.service, gone.ticketId),
      await stored(stage.service, live.ticketId),
    ]).toEqual([1, 1]);

    const shown = await reconcileRestore(stage.service);
    expect(shown).toMatchObject({
      code: 1,
      err: 'Failed: nothing was changed; --yes destroys 1 of them again\n',
    });
    expect(shown.out).toMatch(/^in doubt since .*: the database had come further before$/m);
    expect(shown.out).toMatch(
      /^last heard of at .*: life 1, beat \d+ of database .*, when every destruction had been told$/m,
    );
    expect(await stage.doubt()).toBe('behind');
    expect(await reconcileRestore(stage.service, '--yes')).toMatchObject({ code: 0, err: '' });
    await waitUntilPasses(async () => {
      expect(await stage.reveal(live)).toMatchObject({
        status: 200,
        body: { items: [{ password: secret.password }] },
      });
    });
    expect(await stage.reveal(gone)).toMatchObject({ status: 200, body: { items: [] } });
    expect(await receipts(stage.service, gone.ticketId)).toMatchObject([
      { reason: 'restored', credential_ids: [gone.id] },
    ]);
    expect(await metric(stage.service, 'database_in_doubt{')).toBe(0);
  });

  it('still destroys what expires and what its ticket has ended, and no key of the ring', async () => {
    const ended = await stage.share();
    const { live, restore } = await stage.withdrawAfterBackup();
    await restore();
    await stage.untilDoubt();
    await stage.service.database.query(
      'UPDATE credential SET expires_at = now() WHERE ticket_id = $1',
      [live.ticketId],
    );
    stage.service.tickets.set(ended.ticketId, { status: 'resolved', phase: 1 });
    await waitFor(
      async () =>
        (await stored(stage.service, live.ticketId)) +
          (await stored(stage.service, ended.ticketId)) ===
        0,
    );
    expect(await receipts(stage.service, live.ticketId)).toMatchObject([{ reason: 'expired' }]);
    expect(await receipts(stage.service, ended.ticketId)).toMatchObject([{ reason: 'reconciled' }]);
    const next = await stage.another();
    await waitFor(async () => (await metric(next, 'job_failures_total{job="key-rotation"')) > 0);
  });
});

describe('a database that was restored while the service was stopped', () => {
  it.each(['the file of its host', 'tickets'])(
    'is in doubt before anything is revealed, where only %s remembers',
    async (witness) => {
      const { gone, restore } = await stage.withdrawAfterBackup();
      await waitFor(
        () => existsSync(stage.markFile) && stage.service.tickets.statements.size > 0,
        20_000,
      );
      // A backup of a while ago: the last witness of the database is younger.
      await stage.service.database.query('UPDATE backup_database_mark SET beat = beat - 7');
      await stage.service.halt();
      stage.service.tickets.destroyed.splice(0);
      if (witness === 'tickets') rmSync(stage.markFile);
      else stage.service.tickets.statements.clear();
      await restore();
      const next = await stage.another();
      expect(await stage.reveal(gone, next)).toMatchObject(unknown);
      expect(await stage.doubt()).toBe('behind');
    },
  );
});

describe('a restore that lost less than anybody has witnessed', () => {
  it('is noticed by what tickets has heard, when that is looked at', async () => {
    const { gone, restore } = await stage.withdrawAfterBackup();
    const next = await stage.another();
    expect((await stage.reveal(gone, next)).status).toBe(200);
    await restore('database_mark');
    expect(await stage.untilDoubt()).toBe('returned');
    for (const replica of [stage.service, next]) {
      await waitUntilPasses(async () => {
        expect(await replica.call('customer-1', 'GET', gone.path)).toMatchObject(unknown);
      });
      expect(await stage.reveal(gone, replica)).toMatchObject(unknown);
    }
  });
});

describe('no alarm', () => {
  it('is raised where another process moves the mark on, and tells of it, while this one compares', async () => {
    const live = await stage.share();
    await waitFor(() => existsSync(stage.markFile));
    stage.moveOnWhileAsked();
    const next = await stage.another();
    expect((await stage.reveal(live, next)).status).toBe(200);
    expect((await reconcileRestore(stage.service)).out).toContain(
      'nothing shows that the database was restored',
    );
  });

  it('is raised where nothing was lost, nobody remembers anything, or the database is new and empty under old files', async () => {
    const live = await stage.share();
    await waitFor(() => existsSync(stage.markFile));
    await stage.service.halt();
    const same = await stage.another();
    expect((await stage.reveal(live, same)).status).toBe(200);
    await same.halt();
    rmSync(stage.markFile);
    stage.service.tickets.statements.clear();
    const forgotten = await stage.another();
    expect((await stage.reveal(live, forgotten)).status).toBe(200);
    await waitFor(() => existsSync(stage.markFile));
    await forgotten.halt();
    await stage.service.database.query(
      `TRUNCATE credential;
       UPDATE database_mark SET database = gen_random_uuid(), beat = 0`,
    );
    const fresh = await stage.another();
    expect((await stage.reveal(await stage.share(fresh), fresh)).status).toBe(200);
    expect(await stage.doubt()).toBeNull();
  });
});
