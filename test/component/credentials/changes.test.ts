import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Standing } from '#contracts';
import { absentBroker } from '../../support/broker.js';
import { waitFor, waitUntilPasses } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  metric,
  newTicket,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';
import { blockDestruction, receipts } from './upkeep.fixture.js';

let service: CredentialsUnderTest;
beforeAll(async () => {
  // Whatever is found is found without an event.
  service = await startCredentials({ rabbitmqUrl: absentBroker, changesSeconds: 0.05 });
});
afterAll(() => service.stop());

/** Changes the ticket at `tickets`, which says so. */
const change = (ticketId: string, to: Partial<Standing>) =>
  service.tickets.changed.push(service.tickets.set(ticketId, to));
const gate = async (ticketId: string) =>
  (
    await service.database.query(
      'SELECT phase, version, assignee_id FROM ticket_gate WHERE ticket_id = $1',
      [ticketId],
    )
  )[0];
const followed = () => metric(service, 'changes_followed_total');

describe('what tickets says has changed', () => {
  it('ends a ticket without any event: rows gone, with a receipt, and counted', async () => {
    const [{ ticketId, id }, live] = [await sharedTicket(service), await sharedTicket(service)];
    const before = await followed();
    change(ticketId, { status: 'resolved', phase: 1 });
    await waitUntilPasses(async () => {
      expect(await stored(service, ticketId)).toBe(0);
    });
    expect(await receipts(service, ticketId)).toEqual([
      { reason: 'ticket-ended', trigger_id: null, credential_ids: [id] },
    ]);
    expect(await stored(service, live.ticketId)).toBe(1);
    await waitUntilPasses(async () => {
      expect(await followed()).toBe(before + 1);
    });
  });

  it('destroys what was shared before an end that was reopened', async () => {
    const { ticketId } = await sharedTicket(service);
    change(ticketId, { phase: 2 });
    await waitUntilPasses(async () => {
      expect([await stored(service, ticketId), (await gate(ticketId))?.['phase']]).toEqual([0, 2]);
    });
  });

  it('takes over who may act on a ticket', async () => {
    const { ticketId } = await sharedTicket(service);
    change(ticketId, { assigneeId: 'agent-2' });
    await waitUntilPasses(async () => {
      expect(await gate(ticketId)).toMatchObject({ assignee_id: 'agent-2', version: 2 });
    });
  });

  it('ends the gate of a ticket under which nothing is stored yet: what is being submitted comes too late', async () => {
    const { ticketId } = newTicket(service);
    await service.database.query(
      'INSERT INTO ticket_gate (ticket_id, phase, version) VALUES ($1, 0, 1)',
      [ticketId],
    );
    change(ticketId, { status: 'closed', phase: 1 });
    await waitUntilPasses(async () => {
      expect(await gate(ticketId)).toMatchObject({ phase: 1 });
    });
  });

  it('is only a reason to ask: a claim that is not the truth changes nothing', async () => {
    const { ticketId } = await sharedTicket(service);
    const asked = service.tickets.questions;
    service.tickets.changed.push({
      ...service.tickets.answers.get(ticketId)!,
      status: 'closed',
      phase: 1,
      version: 9,
    });
    await waitFor(() => service.tickets.questions > asked);
    expect([await stored(service, ticketId), await gate(ticketId)]).toMatchObject([
      1,
      { phase: 0, version: 1 },
    ]);
  });

  it('is not asked about where the gate knows it already, as from an event', async () => {
    const [ended, live] = [await sharedTicket(service), await sharedTicket(service)];
    await service.database.query('DELETE FROM credential WHERE ticket_id = $1', [ended.ticketId]);
    await service.database.query(
      "UPDATE ticket_gate SET phase = 1, status = 'closed' WHERE ticket_id = $1",
      [ended.ticketId],
    );
    const asked: string[] = [];
    service.tickets.before = (ids) => Promise.resolve(void asked.push(...ids));
    change(ended.ticketId, { status: 'closed', phase: 1 });
    service.tickets.changed.push(service.tickets.answers.get(live.ticketId)!);
    const last = await sharedTicket(service);
    const before = await followed();
    change(last.ticketId, { status: 'closed', phase: 1 });
    await waitUntilPasses(async () => {
      expect(await followed()).toBe(before + 1);
    });
    service.tickets.before = () => Promise.resolve();
    expect(new Set(asked)).toEqual(new Set([last.ticketId]));
  });

  it('is tried again where it fails, and holds up no other ticket', async () => {
    const [failing, other] = [await sharedTicket(service), await sharedTicket(service)];
    const unblock = await blockDestruction(service, failing.ticketId);
    for (const { ticketId } of [failing, other]) change(ticketId, { status: 'resolved', phase: 1 });
    await waitUntilPasses(async () => {
      expect(await stored(service, other.ticketId)).toBe(0);
      expect(await metric(service, 'destruction_failures_total{by="change"')).toBeGreaterThan(1);
    });
    expect(await stored(service, failing.ticketId)).toBe(1);
    await unblock();
    await waitUntilPasses(async () => {
      expect(await stored(service, failing.ticketId)).toBe(0);
    });
  });

  it('may be less than everything: then everything is asked about', async () => {
    const { ticketId } = await sharedTicket(service);
    service.tickets.set(ticketId, { status: 'closed', phase: 1 });
    service.tickets.gap = true;
    await waitUntilPasses(async () => {
      expect(await stored(service, ticketId)).toBe(0);
    });
    expect(await receipts(service, ticketId)).toMatchObject([{ reason: 'reconciled' }]);
  });
});
