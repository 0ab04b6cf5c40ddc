import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, queues, ticketEvent } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import { Stage, type Ticket } from './batches.fixture.js';
import { stored } from './harness.js';
import { hold, waitersFor } from './held.js';

const stage = new Stage();
let broker: TestBroker;
beforeAll(async () => {
  broker = await TestBroker.open();
  await waitFor(() => broker.consumers(queues.credentialsTicketEvents));
});
afterAll(() => broker.close());

async function end({ ticketId }: Ticket): Promise<void> {
  const standing = stage.service.tickets.set(ticketId, { status: 'closed', phase: 1 });
  const data = { ...standing, previousStatus: 'open' } as const;
  const event = ticketEvent('ticket.status.changed', data, new Date());
  await broker.publish(exchanges.ticket, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
}

const isEmpty = async ({ ticketId }: Ticket) => (await stored(stage.service, ticketId)) === 0;
/** Receipts that agree with the entry of the log which they name. */
const receipts = (tickets: readonly Ticket[]) =>
  stage.service.database.query(
    `SELECT FROM destruction_receipt
     JOIN access_log ON access_log.ticket_id = destruction_receipt.ticket_id
       AND seq = chain_seq AND hash = chain_hash
     WHERE destruction_receipt.ticket_id = ANY($1)
       AND action = 'destroy'`,
    [tickets.map(({ ticketId }) => ticketId)],
  );

describe('ends that arrive together', () => {
  it('destroy each what its ticket holds, and wait for no ticket that somebody else holds', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => stage.shared(2)));
    const [held, ...others] = tickets as [Ticket, ...Ticket[]];
    const gate = await hold(stage.service, held.ticketId, 'gate');
    await end(held);
    await waitersFor(stage.service);
    await Promise.all(others.map(end));
    for (const ticket of others) await waitFor(() => isEmpty(ticket));
    expect(await isEmpty(held)).toBe(false);
    await gate.letGo();
    await waitFor(() => isEmpty(held));
    expect(await receipts(tickets)).toHaveLength(12);
    for (const ticket of tickets) expect(await stage.logOf(ticket, 'destroy')).toHaveLength(2);
    await stage.expectSound();
  });
});
