import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges, queues, ticketEvent } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { waitFor } from '../../support/wait-for.js';
import {
  type CredentialsUnderTest,
  replicaOf,
  sharedTicket,
  startCredentials,
  stored,
} from './harness.js';
import { hold } from './held.js';

const checkpoints = { seconds: 1, file: undefined };
let service: CredentialsUnderTest;
let second: CredentialsUnderTest;
let broker: TestBroker;
beforeAll(async () => {
  service = await startCredentials({ checkpoints });
  second = await replicaOf(service, { checkpoints });
  broker = await TestBroker.open();
  await waitFor(() => broker.consumers(queues.credentialsTicketEvents));
});
afterAll(async () => {
  await broker.close();
  await second.stop();
  await service.stop();
});

async function end(ticketId: string): Promise<void> {
  const standing = service.tickets.set(ticketId, { status: 'closed', phase: 1 });
  const event = ticketEvent(
    'ticket.status.changed',
    { ...standing, previousStatus: 'open' },
    new Date(),
  );
  await broker.publish(exchanges.ticket, event.type, JSON.stringify(event), {
    messageId: event.id,
  });
}

/** As after it has grown. */
const uncover = (ticketId: string) =>
  service.database.query('UPDATE access_log_covered SET seq = 0 WHERE ticket_id = $1', [ticketId]);

const isCovered = async (ticketId: string): Promise<boolean> =>
  (
    await service.database.query(
      `SELECT FROM access_log_head
       JOIN access_log_covered USING (ticket_id, seq)
       WHERE ticket_id = $1`,
      [ticketId],
    )
  ).length > 0;

describe('while the head of one ticket is held and a checkpoint is due', () => {
  it('the checkpoint is taken, of that ticket too, and the other tickets are read and ended, on every replica', async () => {
    const [held, read, ended] = [
      await sharedTicket(service),
      await sharedTicket(service),
      await sharedTicket(service),
    ];
    for (const { ticketId } of [held, read, ended]) await waitFor(() => isCovered(ticketId));
    const head = await hold(service, held.ticketId, 'log');
    try {
      await uncover(held.ticketId);
      for (const replica of [service, second, service, second]) {
        expect((await replica.call('agent-1', 'POST', `${read.path}/reveal`)).status).toBe(200);
        await waitFor(() => isCovered(read.ticketId));
      }
      expect(await isCovered(held.ticketId)).toBe(true);
      await end(ended.ticketId);
      await waitFor(async () => (await stored(service, ended.ticketId)) === 0);
      await waitFor(() => isCovered(ended.ticketId));
    } finally {
      await head.letGo();
    }
  });
});

describe('while some chains of unknown tickets are held', () => {
  it('attempts at unknown tickets are answered, but for one at each of them', async () => {
    await service.database.query(
      `INSERT INTO access_log_head
       SELECT '(unknown-' || n || ')', 0, ''
       FROM generate_series(0, 9) n`,
    );
    const held = await hold(service, '(unknown-0)', 'log');
    await held.query(`SELECT FROM access_log_head WHERE ticket_id LIKE '(unknown-_)' FOR UPDATE`);
    const answers: number[] = [];
    const attempt = async () =>
      answers.push(
        (await service.call('agent-1', 'POST', `/v1/tickets/${randomUUID()}/credentials/reveal`))
          .status,
      );
    try {
      const attempts = Array.from({ length: 100 }, attempt);
      await waitFor(() => answers.length >= 90);
      await held.letGo();
      await Promise.all(attempts);
    } finally {
      await held.letGo().catch(() => undefined);
    }
    expect(new Set(answers)).toEqual(new Set([404]));
  });
});
