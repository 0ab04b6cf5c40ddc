import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxStandingsAsked } from '#contracts';
import { type CredentialsUnderTest, sharedTicket, startCredentials, stored } from './harness.js';
import { blockDestruction, receipts, startUpkeep } from './upkeep.fixture.js';

let service: CredentialsUnderTest;
let upkeep: Awaited<ReturnType<typeof startUpkeep>>;
beforeAll(async () => {
  service = await startCredentials();
  upkeep = await startUpkeep(service);
});
afterAll(async () => {
  await upkeep.stop();
  await service.stop();
});

const doubts = async () =>
  (await service.database.query('SELECT ticket_id, fault FROM standing_doubt')).length;

describe('a pass of the reconciler', () => {
  it('destroys what no event has ended, as reconciled, with receipt, log entry and event', async () => {
    const { ticketId, id } = await sharedTicket(service);
    const live = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    expect(await upkeep.reconcile()).toMatchObject({ ended: 1, faults: 0, failed: 0 });
    expect([await stored(service, ticketId), await stored(service, live.ticketId)]).toEqual([0, 1]);
    expect(await receipts(service, ticketId)).toEqual([
      { reason: 'reconciled', trigger_id: null, credential_ids: [id] },
    ]);
    const log = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    expect(log.body.items[0]).toMatchObject({
      action: 'destroy',
      actorRole: 'system',
      credentialId: id,
      reason: 'reconciled',
    });
    expect(await upkeep.reconcile()).toMatchObject({ ended: 0 });
  });

  it('destroys what was shared before an end that was reopened', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { phase: 2 });
    expect(await upkeep.reconcile()).toMatchObject({ ended: 1 });
    expect(await stored(service, ticketId)).toBe(0);
  });

  it('takes over who may act on a live ticket', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { assigneeId: 'agent-2' });
    expect(await upkeep.reconcile()).toMatchObject({ ended: 0 });
    const [gate] = await service.database.query(
      'SELECT assignee_id FROM ticket_gate WHERE ticket_id = $1',
      [ticketId],
    );
    expect(gate).toEqual({ assignee_id: 'agent-2' });
  });

  it.each(['unknown', 'regressed', 'not-understood'] as const)(
    'takes an answer that is %s for a fault: nothing is destroyed, until the truth is back',
    async (fault) => {
      const { ticketId } = await sharedTicket(service, { phase: 2, version: 5 });
      const right = service.tickets.answers.get(ticketId)!;
      if (fault === 'unknown') service.tickets.answers.delete(ticketId);
      else if (fault === 'regressed')
        service.tickets.set(ticketId, { phase: 1, status: 'closed', version: 3 });
      else service.tickets.set(ticketId, { doubted: true });
      expect(await upkeep.reconcile()).toMatchObject({ ended: 0, faults: 1 });
      expect([await stored(service, ticketId), await doubts()]).toEqual([1, 1]);
      service.tickets.answers.set(ticketId, { ...right, version: right.version + 2 });
      expect(await upkeep.reconcile()).toMatchObject({ faults: 0 });
      expect([await stored(service, ticketId), await doubts()]).toEqual([1, 0]);
    },
  );

  it('settles the doubt about a lost ticket once nothing is stored under it, whoever asks about it later', async () => {
    const { ticketId, path, id } = await sharedTicket(service);
    const right = service.tickets.answers.get(ticketId)!;
    service.tickets.answers.delete(ticketId);
    expect(await upkeep.reconcile()).toMatchObject({ faults: 1 });
    // As after an order to destroy, while an answer was on its way.
    await service.database.query('DELETE FROM credential WHERE id = $1', [id]);
    expect(await upkeep.reconcile()).toMatchObject({ faults: 0 });
    expect(await doubts()).toBe(0);
    expect((await service.call('agent-1', 'GET', path)).status).toBe(503);
    expect(await doubts()).toBe(0);
    service.tickets.answers.set(ticketId, right);
  });

  it('asks again before it calls an answer a fault', async () => {
    const { ticketId } = await sharedTicket(service, { version: 5 });
    const right = service.tickets.answers.get(ticketId)!;
    service.tickets.answers.delete(ticketId);
    service.tickets.before = () => {
      service.tickets.answers.set(ticketId, right);
      return Promise.resolve();
    };
    expect(await upkeep.reconcile()).toMatchObject({ faults: 0 });
    service.tickets.before = () => Promise.resolve();
  });

  it('goes on with the others where one ticket fails, and finds that one again', async () => {
    const [before, failing, after] = [
      await sharedTicket(service),
      await sharedTicket(service),
      await sharedTicket(service),
    ];
    for (const { ticketId } of [before, failing, after])
      service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    const unblock = await blockDestruction(service, failing.ticketId);
    expect(await upkeep.reconcile()).toMatchObject({ ended: 2, failed: 1 });
    expect(await stored(service, failing.ticketId)).toBe(1);
    await unblock();
    expect(await upkeep.reconcile()).toMatchObject({ ended: 1, failed: 0 });
    expect(await stored(service, failing.ticketId)).toBe(0);
  });

  it('fails where tickets cannot be reached, and has destroyed nothing', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    service.tickets.reachable = false;
    await expect(upkeep.reconcile()).rejects.toThrow('unreachable');
    expect(await stored(service, ticketId)).toBe(1);
    service.tickets.reachable = true;
    expect(await upkeep.reconcile()).toMatchObject({ ended: 1 });
  });

  it('asks about every ticket with live credentials, a bounded number at a time, and about no other', async () => {
    const { ticketId } = await sharedTicket(service);
    const count = 2 * maxStandingsAsked + 50;
    for (let index = 0; index < count; index += 1)
      service.tickets.set(`M-${index}`, { status: 'closed', phase: 1 });
    await service.database.query(
      `INSERT INTO ticket_gate (ticket_id, phase, version)
       SELECT 'M-' || n, 0, 1
       FROM generate_series(0, $1::int - 1) n`,
      [count],
    );
    await service.database.query(
      `INSERT INTO credential (
         ticket_id, id, bound_phase, number, submitted_by, submitted_at, expires_at,
         kek_id, wrapped_key, core, has_link
       )
       SELECT 'M-' || n, gen_random_uuid(), 0, share, submitted_by, submitted_at, expires_at,
         kek_id, wrapped_key, core, has_link
       FROM credential, generate_series(0, $2::int - 1) n, generate_series(1, 3) share
       WHERE ticket_id = $1`,
      [ticketId, count],
    );
    const sizes: number[] = [];
    service.tickets.before = (ids) => Promise.resolve(void sizes.push(ids.length));
    const [{ tickets }] = (await service.database.query(
      'SELECT count(DISTINCT ticket_id)::int AS tickets FROM credential',
    )) as [{ tickets: number }];
    expect(await upkeep.reconcile()).toMatchObject({ asked: tickets, ended: count });
    service.tickets.before = () => Promise.resolve();
    expect(Math.max(...sizes)).toBeLessThanOrEqual(maxStandingsAsked);
    expect(
      await service.database.query("SELECT 1 FROM credential WHERE ticket_id LIKE 'M-%'"),
    ).toEqual([]);
  });

  it('is safe where two lead at once: each ticket is ended once', async () => {
    const tickets = await Promise.all(Array.from({ length: 20 }, () => sharedTicket(service)));
    for (const { ticketId } of tickets)
      service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    const other = await startUpkeep(service);
    const passes = await Promise.all([
      upkeep.reconcile(),
      other.reconcile(),
      upkeep.reconcile(),
      other.reconcile(),
    ]);
    await other.stop();
    expect(passes.reduce((sum, { ended = 0 }) => sum + ended, 0)).toBe(tickets.length);
    for (const { ticketId, id } of tickets)
      expect((await receipts(service, ticketId)).map((receipt) => receipt.credential_ids)).toEqual([
        [id],
      ]);
  });

  it('stops between two tickets where it is told to', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'resolved', phase: 1 });
    await upkeep.reconcile(AbortSignal.abort());
    expect(await stored(service, ticketId)).toBe(1);
  });
});
