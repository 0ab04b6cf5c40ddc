import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { lastRuns } from '#leadership';
import { connect } from '#postgres';
import { OperationsReporter } from '../../../apps/credentials/src/queries/operations-report.js';
import { concerns, reportText } from '../../../apps/credentials/src/cli/report-text.js';
import { readGates } from '../../../apps/credentials/src/persistence/gates.js';
import { StandingCache } from '../../../apps/credentials/src/standing/standing-cache.js';
import { emptyTables } from '../../support/empty-tables.js';
import { OpenApiCheck } from '../../support/openapi.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  metric,
  secret,
  sharedTicket,
  startCredentials,
} from './harness.js';
import { blockDestruction, startUpkeep } from './upkeep.fixture.js';

let service: CredentialsUnderTest;
let upkeep: Awaited<ReturnType<typeof startUpkeep>>;
let database: Awaited<ReturnType<typeof connect>>;
beforeAll(async () => {
  service = await startCredentials();
  upkeep = await startUpkeep(service);
  database = await connect({ url: service.database.serviceUrl });
  // The first turns of the service itself; the next one of its
  // reconciler is an hour away.
  await waitFor(async () => (await lastRuns(database)).length === 2);
});
afterAll(async () => {
  await database.destroy();
  await upkeep.stop();
  await service.stop();
});

/**
 * As the command and the endpoint make it, with a lease of no time
 * unless it is said otherwise.
 */
const report = (leaseMs = 0, pause?: (milliseconds: number) => Promise<unknown>) =>
  new OperationsReporter(
    database,
    new StandingCache(service.tickets, (ids) => readGates(database, ids), 0),
    leaseMs,
    pause,
  ).make();

afterEach(() => emptyTables(service.database, ['credential', 'standing_doubt', 'job_run']));
const check = new OpenApiCheck(JSON.parse(readFileSync('docs/internal/openapi.json', 'utf8')));

/** As its leader writes it down. */
const recordRun = (done: object) =>
  service.database.query(
    `INSERT INTO job_run (job, finished_at, done) VALUES ('reconcile', '1970-01-02Z', $1)
     ON CONFLICT (job) DO UPDATE SET finished_at = excluded.finished_at, done = excluded.done`,
    [JSON.stringify(done)],
  );

describe('the report for ops', () => {
  it('counts live credentials by what tickets says of their tickets now, and finds nothing to worry about', async () => {
    const { path } = await sharedTicket(service);
    await service.call('customer-1', 'POST', path, secret);
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'pending' });
    await upkeep.reconcile();
    const made = await report();
    expect(made).toMatchObject({
      live: 3,
      byStanding: { open: 2, pending: 1 },
      outlived: 0,
      overdue: 0,
      failedDestructions: 0,
    });
    expect(made.oldest).toBeInstanceOf(Date);
    expect(concerns(made)).toEqual([]);
  });

  it('finds what has outlived its ticket by a lease, ended or reopened, though no event told and no gate knows', async () => {
    const [ended, reopened] = [await sharedTicket(service), await sharedTicket(service)];
    await sharedTicket(service);
    service.tickets.set(ended.ticketId, { status: 'closed', phase: 1 });
    service.tickets.set(reopened.ticketId, { phase: 2 });
    const made = await report();
    expect(made).toMatchObject({ live: 3, byStanding: { closed: 1, open: 2 }, outlived: 2 });
    expect(concerns(made)).toEqual(['2 credentials have outlived their ticket']);
    await upkeep.reconcile();
    expect(await report()).toMatchObject({ live: 1, outlived: 0 });
  });

  it('gives an end that was just committed one lease to arrive', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    const pauses: number[] = [];
    const made = await report(30_000, async (milliseconds) => {
      pauses.push(milliseconds);
      await upkeep.reconcile();
    });
    expect(pauses).toEqual([30_000]);
    expect(made.byStanding).toEqual({ closed: 1 });
    expect(made.outlived).toBe(0);
  });

  it('names tickets in doubt, destructions that fail, and what is past its time', async () => {
    const [lost, failing] = [await sharedTicket(service), await sharedTicket(service)];
    service.tickets.answers.delete(lost.ticketId);
    service.tickets.set(failing.ticketId, { status: 'closed', phase: 1 });
    const unblock = await blockDestruction(service, failing.ticketId);
    await recordRun(await upkeep.reconcile());
    await service.database.query(
      `UPDATE credential SET expires_at = now() - interval '2 minutes' WHERE ticket_id = $1`,
      [failing.ticketId],
    );
    const made = await report();
    await unblock();
    expect(made).toMatchObject({ byStanding: { unknown: 1, closed: 1 }, outlived: 1, overdue: 1 });
    // The sweeper may have failed on it meanwhile, too.
    expect(made.failedDestructions).toBeGreaterThan(0);
    expect(made.inDoubt).toMatchObject({
      tickets: 1,
      longest: [{ ticketId: lost.ticketId, fault: 'unknown' }],
    });
    expect(reportText(made)).toMatch(
      new RegExp(`^  ticket ${lost.ticketId}: unknown since 20`, 'm'),
    );
    expect(reportText(made)).toMatch(
      /^last reconcile: 1970.*: 2 asked, 0 ended, 1 failed, 1 faults, 2 credentials; 0 turns failed so far$/m,
    );
  });

  it('says so where tickets cannot be asked', async () => {
    await sharedTicket(service);
    service.tickets.reachable = false;
    const made = await report();
    service.tickets.reachable = true;
    expect(made).toMatchObject({ live: 1, byStanding: { unasked: 1 } });
    expect(concerns(made)).toEqual(['1 could not be asked about']);
  });

  it('is given by the service to admins and services, and to nobody else', async () => {
    await sharedTicket(service);
    for (const actor of ['admin-1', 'service-1']) {
      const { status, body } = await service.call(actor, 'GET', '/internal/report');
      check.requireDescribed({
        method: 'GET',
        path: '/internal/report',
        status,
        contentType: 'application/json',
        body,
      });
      expect([status, body]).toMatchObject([
        200,
        { live: 1, byStanding: { open: 1 }, outlived: 0, inDoubt: { tickets: 0 } },
      ]);
    }
    for (const actor of ['agent-1', 'customer-1'])
      expect(await service.call(actor, 'GET', '/internal/report')).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
  });

  it('has its numbers in the metrics too', async () => {
    await recordRun({ failed: 3 });
    expect(await metric(service, 'job_last_turn{job="reconcile",what="failed"')).toBe(3);
    const text = await (await fetch(new URL('/metrics', service.url))).text();
    expect(text).toMatch(/^job_finished_timestamp_seconds\{job="reconcile",[^}]*\} 86400$/m);
  });
});
