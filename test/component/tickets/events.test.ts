import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, type ChannelModel, connect, type GetMessage } from 'amqplib';
import { exchanges, parseTicketEvent, uuidPattern } from '#contracts';
import { testBrokerUrl } from '../../support/broker.js';
import { waitUntilPasses } from '../../support/wait-for.js';
import { valueOf } from '../../support/metrics.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

const queue = 'test.ticket-events';
let connection: ChannelModel;
let channel: Channel;
let stage: TicketsUnderTest;
let ann: Client;
let agent: Client;

beforeAll(async () => {
  const url = testBrokerUrl();
  connection = await connect(url);
  channel = await connection.createChannel();
  await channel.deleteExchange(exchanges.ticket);
  await channel.deleteQueue(queue);
  await channel.assertQueue(queue, { exclusive: true });
  stage = await startTickets({ rabbitmqUrl: url });
  ann = await stage.as('ann', ['customer']);
  agent = await stage.as('alex', ['agent']);
});
afterAll(async () => {
  await stage.stop();
  await connection.close();
});

const outbox = () =>
  stage.database.query<{ attempts: number; last_error: string | null }>(
    'SELECT attempts, last_error FROM outbox',
  );
const listen = (key: string) => channel.bindQueue(queue, exchanges.ticket, key);
const drained = () =>
  waitUntilPasses(async () => {
    expect(await outbox()).toEqual([]);
  });

async function received(count: number): Promise<GetMessage[]> {
  const messages: GetMessage[] = [];
  await waitUntilPasses(async () => {
    const message = await channel.get(queue, { noAck: true });
    if (message !== false) messages.push(message);
    expect(messages).toHaveLength(count);
  });
  return messages;
}

const bodyOf = ({ content }: GetMessage) =>
  JSON.parse(content.toString()) as { id: string; type: string; data: Record<string, unknown> };

describe('an event that nobody listens to', () => {
  it('stays in the outbox and shows in the metrics until a queue takes it', async () => {
    const id = await ann.open();
    await waitUntilPasses(async () => {
      expect(await outbox()).toMatchObject([{ last_error: expect.stringMatching(/no queue/) }]);
    });
    const metrics = await stage.anonymous.metrics();
    expect(valueOf(metrics, 'outbox_depth')).toBe(1);
    expect(valueOf(metrics, 'outbox_oldest_seconds')).toBeGreaterThan(0);
    expect(valueOf(metrics, 'outbox_attempts')).toBeGreaterThan(0);
    expect(
      valueOf(metrics, 'messages_published_total', {
        exchange: exchanges.ticket,
        result: 'returned',
      }),
    ).toBeGreaterThan(0);
    expect(valueOf(metrics, 'broker_connected')).toBe(1);
    for (const key of ['ticket.created', 'ticket.status.changed', 'ticket.assigned'])
      await listen(key);
    const [message] = await received(1);
    expect(bodyOf(message!)).toMatchObject({ type: 'ticket.created', data: { ticketId: id } });
    await drained();
    const afterwards = await stage.anonymous.metrics();
    expect(
      ['outbox_depth', 'outbox_oldest_seconds', 'outbox_attempts'].map((name) =>
        valueOf(afterwards, name),
      ),
    ).toEqual([0, 0, 0]);
    expect(
      valueOf(afterwards, 'messages_published_total', {
        exchange: exchanges.ticket,
        result: 'confirmed',
      }),
    ).toBe(1);
  });
});

describe('a change', () => {
  it('is published as the CloudEvents that were promised, persistent', async () => {
    const id = await ann.open();
    await received(1);
    await agent.patch(`/v1/tickets/${id}`, { status: 'resolved', assigneeId: 'alex' });
    const messages = await received(2);
    for (const message of messages) {
      const event = bodyOf(message);
      expect(() => parseTicketEvent(event)).not.toThrow();
      expect(event).toEqual({
        specversion: '1.0',
        id: expect.stringMatching(uuidPattern),
        source: '/tickets',
        type: message.fields.routingKey,
        subject: id,
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        datacontenttype: 'application/json',
        dataschema: `urn:private-credentials:schema:${message.fields.routingKey}:v1`,
        data: {
          ticketId: id,
          status: 'resolved',
          previousStatus: 'open',
          version: 2,
          phase: 1,
          requesterId: 'ann',
          assigneeId: 'alex',
          home: '/tickets',
          actorId: 'alex',
          actorRole: 'agent',
        },
      });
      expect(message.properties).toMatchObject({
        messageId: event.id,
        deliveryMode: 2,
        contentType: 'application/cloudevents+json',
      });
    }
    expect(messages.map(({ fields }) => fields.routingKey).sort()).toEqual([
      'ticket.assigned',
      'ticket.status.changed',
    ]);
    await drained();
  });

  it('that changes nothing, or is refused, tells nobody', async () => {
    const id = await ann.open();
    await received(1);
    await agent.patch(`/v1/tickets/${id}`, { status: 'open', assigneeId: null });
    await agent.patch(`/v1/tickets/${id}`, { status: 'closed' }, { 'if-match': '"9"' });
    await ann.patch(`/v1/tickets/${id}`, { status: 'pending' });
    await ann.post(`/v1/tickets/${id}/replies`, { body: 'x' });
    await agent.patch(`/v1/tickets/${id}`, { status: 'pending' });
    const [message] = await received(1);
    expect(bodyOf(message!)).toMatchObject({
      type: 'ticket.status.changed',
      data: { version: 2, status: 'pending' },
    });
    await drained();
  });
});
