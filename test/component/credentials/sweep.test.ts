import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../support/wait-for.js';
import { hold } from './held.js';
import {
  type CredentialsUnderTest,
  metric,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';
import { blockDestruction, receipts, startUpkeep } from './upkeep.fixture.js';

let service: CredentialsUnderTest;
let upkeep: Awaited<ReturnType<typeof startUpkeep>>;
beforeAll(async () => {
  service = await startCredentials();
  upkeep = await startUpkeep(service);
  // Here the test sweeps, and not the service.
  await waitFor(() => metric(service, 'job_led{job="sweep"'));
  await service.database.query(
    "UPDATE leadership SET holder = gen_random_uuid(), until = 'infinity' WHERE name = 'sweep'",
  );
  await waitFor(async () => (await metric(service, 'job_led{job="sweep"')) === 0);
});
afterEach(() => service.database.query('DELETE FROM credential'));
afterAll(async () => {
  await upkeep.stop();
  await service.stop();
});

const expire = (id: string, when = "- interval '1 second'") =>
  service.database.query(`UPDATE credential SET expires_at = now() ${when} WHERE id = $1`, [id]);

describe('a sweep', () => {
  it('destroys what is past its time and nothing else, as expired, with receipt, log entry and event', async () => {
    const { ticketId, ids } = await sharedTicket(service, { count: 2 });
    await expire(ids[0]!);
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 1, failed: 0 });
    expect(
      await service.database.query('SELECT id FROM credential WHERE ticket_id = $1', [ticketId]),
    ).toEqual([{ id: ids[1] }]);
    expect(await receipts(service, ticketId)).toEqual([
      { reason: 'expired', trigger_id: null, credential_ids: [ids[0]] },
    ]);
    const log = await service.call('customer-1', 'GET', `/v1/tickets/${ticketId}/access-log`);
    expect(log.body.items[0]).toMatchObject({
      action: 'destroy',
      actorRole: 'system',
      credentialId: ids[0],
      reason: 'expired',
    });
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 0, failed: 0 });
  });

  it('wants to come again when the next credential expires', async () => {
    const { ids } = await sharedTicket(service);
    await expire(ids[0]!, "+ interval '90 seconds'");
    const { againInMs } = await upkeep.sweep();
    expect(againInMs).toBeGreaterThan(60_000);
    expect(againInMs).toBeLessThanOrEqual(90_000);
    await service.database.query('DELETE FROM credential');
    expect((await upkeep.sweep()).againInMs).toBeUndefined();
  });

  it('does not need tickets: what expires is destroyed while its standing is unknown', async () => {
    const { ticketId, ids } = await sharedTicket(service);
    service.tickets.answers.delete(ticketId);
    service.tickets.reachable = false;
    await expire(ids[0]!);
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 1, failed: 0 });
    service.tickets.reachable = true;
  });

  it('goes on with the others where one ticket fails, and finds that one again', async () => {
    const tickets = [
      await sharedTicket(service),
      await sharedTicket(service),
      await sharedTicket(service),
    ];
    const failing = tickets[0]!.ticketId;
    for (const { ids } of tickets) await expire(ids[0]!);
    const unblock = await blockDestruction(service, failing);
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 2, failed: 1 });
    await unblock();
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 1, failed: 0 });
    expect(await stored(service, failing)).toBe(0);
  });

  it('does not wait for long at a gate that is held', async () => {
    const [held, free] = [await sharedTicket(service), await sharedTicket(service)];
    for (const { ids } of [held, free]) await expire(ids[0]!);
    const lock = await hold(service, held.ticketId, 'gate');
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 1, failed: 1 });
    await lock.letGo();
    expect((await upkeep.sweep()).done).toEqual({ destroyed: 1, failed: 0 });
  });

  it('is safe where two lead at once: each credential is destroyed once', async () => {
    const tickets = await Promise.all(Array.from({ length: 20 }, () => sharedTicket(service)));
    for (const { ids } of tickets) await expire(ids[0]!);
    const other = await startUpkeep(service);
    const turns = await Promise.all([upkeep.sweep(), other.sweep(), upkeep.sweep(), other.sweep()]);
    await other.stop();
    expect(turns.reduce((sum, { done }) => sum + done.destroyed!, 0)).toBe(tickets.length);
    for (const { ticketId, ids } of tickets)
      expect((await receipts(service, ticketId)).map((receipt) => receipt.credential_ids)).toEqual([
        ids,
      ]);
  });
});
