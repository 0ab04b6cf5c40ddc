import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { waitFor } from '../../support/wait-for.js';
import { type CredentialsUnderTest, metric, secret, stored } from './harness.js';
import { reconcileRestore, Restorable } from './restore.fixture.js';
import { receipts } from './upkeep.fixture.js';

let stage: Restorable;
let service: CredentialsUnderTest;
beforeEach(async () => {
  stage = await Restorable.start();
  ({ service } = stage);
});
afterEach(() => stage.stop());

const unknown = { status: 503, body: { code: 'standing-unknown' } };
const markFile = () => join(service.keyringDir, 'signing', 'database-mark.jws');

describe('a database that was restored under the running service', () => {
  it('reveals nothing from the first moment on, raises the alarm, and is right again when an operator has reconciled it', async () => {
    const { gone, live, restore } = await stage.withdrawAfterBackup();
    await restore();
    expect(await stage.reveal(gone)).toMatchObject(unknown);
    expect(await stage.untilDoubt()).toBe('behind');
    for (const { path } of [gone, live]) {
      expect(await stage.reveal({ path })).toMatchObject(unknown);
      expect(await service.call('customer-1', 'GET', path)).toMatchObject(unknown);
      expect(await service.call('customer-1', 'POST', path, secret)).toMatchObject(unknown);
    }
    expect(await metric(service, 'database_in_doubt{')).toBe(1);
    const ready = await fetch(new URL('/readyz', service.url));
    expect([ready.status, await ready.json()]).toMatchObject([200, { checks: { restore: 'warning' } }]);
    const report = await service.call('admin-1', 'GET', '/internal/report');
    expect(report.body.databaseDoubt).toMatchObject({ fault: 'behind' });
    expect([await stored(service, gone.ticketId), await stored(service, live.ticketId)]).toEqual([1, 1]);

    const shown = await reconcileRestore(service);
    expect(shown).toMatchObject({ code: 1, err: 'Failed: nothing was changed; --yes destroys 1 of them again\n' });
    expect(shown.out).toMatch(/^in doubt since .*: the database had come further before$/m);
    expect(shown.out).toMatch(/^last heard of at .*: life 1, beat \d+ of database .*, when every destruction had been told$/m);
    expect(await stage.doubt()).toBe('behind');
    expect(await reconcileRestore(service, '--yes')).toMatchObject({ code: 0, err: '' });
    await eventually(async () => {
      expect(await stage.reveal(live)).toMatchObject({ status: 200, body: { items: [{ password: secret.password }] } });
    });
    expect(await stage.reveal(gone)).toMatchObject({ status: 200, body: { items: [] } });
    expect(await receipts(service, gone.ticketId)).toMatchObject([{ reason: 'restored', credential_ids: [gone.id] }]);
    expect(await metric(service, 'database_in_doubt{')).toBe(0);
  });

  it('still destroys what expires and what its ticket has ended, and no key of the ring', async () => {
    const ended = await stage.share();
    const { live, restore } = await stage.withdrawAfterBackup();
    await restore();
    await stage.untilDoubt();
    await service.database.query('UPDATE credential SET expires_at = now() WHERE ticket_id = $1', [live.ticketId]);
    service.tickets.set(ended.ticketId, { status: 'resolved', phase: 1 });
    await waitFor(async () => (await stored(service, live.ticketId)) + (await stored(service, ended.ticketId)) === 0);
    expect(await receipts(service, live.ticketId)).toMatchObject([{ reason: 'expired' }]);
    expect(await receipts(service, ended.ticketId)).toMatchObject([{ reason: 'reconciled' }]);
    const next = await stage.another();
    await waitFor(async () => (await metric(next, 'job_failures_total{job="key-rotation"')) > 0);
  });
});

describe('a database that was restored while the service was stopped', () => {
  it.each(['the file of its host', 'tickets'])('is in doubt before anything is revealed, where only %s remembers', async (witness) => {
    const { gone, restore } = await stage.withdrawAfterBackup();
    await waitFor(() => existsSync(markFile()) && service.tickets.statements.size > 0, 20_000);
    await waitFor(
      async () =>
        (await service.database.query('SELECT FROM database_mark, backup_database_mark b WHERE database_mark.beat > b.beat + 6')).length >
        0,
      20_000,
    );
    await service.halt();
    service.tickets.destroyed.splice(0);
    if (witness === 'tickets') rmSync(markFile());
    else service.tickets.statements.clear();
    await restore();
    const next = await stage.another();
    expect(await stage.reveal(gone, next)).toMatchObject(unknown);
    expect(await stage.doubt()).toBe('behind');
  });
});

describe('a restore that lost less than anybody has witnessed', () => {
  it('is noticed by what tickets has heard, when that is looked at', async () => {
    const { gone, restore } = await stage.withdrawAfterBackup();
    const next = await stage.another();
    expect((await stage.reveal(gone, next)).status).toBe(200);
    await restore('database_mark');
    expect(await stage.untilDoubt()).toBe('returned');
    for (const replica of [service, next]) {
      await eventually(async () => {
        expect(await replica.call('customer-1', 'GET', gone.path)).toMatchObject(unknown);
      });
      expect(await stage.reveal(gone, replica)).toMatchObject(unknown);
    }
  });
});

describe('no alarm', () => {
  it('is raised where nothing was lost, nobody remembers anything, or the database is new and empty under old files', async () => {
    const live = await stage.share();
    await waitFor(() => existsSync(markFile()));
    await service.halt();
    const same = await stage.another();
    expect((await stage.reveal(live, same)).status).toBe(200);
    await same.halt();
    rmSync(markFile());
    service.tickets.statements.clear();
    const forgotten = await stage.another();
    expect((await stage.reveal(live, forgotten)).status).toBe(200);
    await waitFor(() => existsSync(markFile()));
    await forgotten.halt();
    await service.database.query('TRUNCATE credential; UPDATE database_mark SET database = gen_random_uuid(), beat = 0');
    const fresh = await stage.another();
    expect((await stage.reveal(await stage.share(fresh), fresh)).status).toBe(200);
    expect(await stage.doubt()).toBeNull();
  });
});
