import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, type ChannelModel, connect, type ConsumeMessage } from 'amqplib';
import { exchanges } from '#contracts';
import { startSystem, type System } from '../e2e/system.js';
import { testBrokerUrl } from '../support/broker.js';
import { waitFor } from '../support/wait-for.js';
import { requireDescribed, document, messageOn } from './event-schemas.js';

const secret = {
  username: 'told-to-nobody',
  password: 'told-to-nobody-2',
  link: 'https://told.example',
  additionalInformation: 'untold',
};

let system: System;
let connection: ChannelModel;
let listener: ChildProcess;
let printed = '';
const caught: ConsumeMessage[] = [];
beforeAll(async () => {
  connection = await connect(testBrokerUrl());
  await listen(await connection.createChannel());
  listener = spawn(process.execPath, ['docs/events/listen.mjs'], {
    env: { RABBITMQ_URL: testBrokerUrl() },
  });
  listener.stdout?.on('data', (text) => (printed += String(text)));
  listener.stderr?.on('data', (text) => (printed += String(text)));
  system = await startSystem({ AUDIT_CHECKPOINT_SECONDS: '1' });
}, 120_000);
afterAll(async () => {
  listener.kill();
  await system.stop();
  await (await connection.createChannel()).deleteQueue('listener.events.v1');
  await connection.close();
}, 30_000);

/**
 * As any service would that wants to know: a queue of its own, bound to both exchanges.
 */
async function listen(channel: Channel): Promise<void> {
  const { queue } = await channel.assertQueue('', { exclusive: true });
  for (const exchange of [exchanges.ticket, exchanges.credential]) {
    await channel.assertExchange(exchange, 'topic', { durable: true });
    await channel.bindQueue(queue, exchange, '#');
  }
  await channel.consume(queue, (message) => void caught.push(message!), { noAck: true });
}

const eventOf = ({ content }: ConsumeMessage) => JSON.parse(content.toString());
const checkpoint = 'audit.checkpoint';
const about = (ticketId: string) =>
  caught.filter((message) => eventOf(message).subject === ticketId);

/**
 * Everything that can be done to a ticket and its credentials, with its end twice.
 * @returns the ticket's id
 */
async function story(): Promise<string> {
  const { body: opened } = await system.call('customer-1', 'POST', '/v1/tickets', {
    subject: 'Shop is down',
  });
  const ticket = `/v1/tickets/${opened.id}`;
  const share = async () =>
    (await system.call('customer-1', 'POST', `${ticket}/credentials`, secret)).body.id as string;
  const agent = (method: string, path: string, body?: unknown) =>
    system.call('agent-1', method, ticket + path, body, { 'if-match': '*' });
  await agent('PATCH', '', { assigneeId: 'agent-1', status: 'pending' });
  await agent('POST', '/credential-requests', { message: 'please' });
  const [first, second, third] = [await share(), await share(), await share()];
  await agent('POST', '/credentials/reveal', { reason: 'to look' });
  await agent('PATCH', `/credentials/${first}`, { additionalInformation: 'untold, too' });
  await agent('DELETE', `/credentials/${second}`);
  await system.call('customer-1', 'DELETE', `${ticket}/credentials/${third}`);
  await agent('PATCH', '', { assigneeId: null });
  for (const status of ['resolved', 'open', 'closed']) await agent('PATCH', '', { status });
  return opened.id as string;
}

describe('what the services publish', () => {
  let ticketId: string;
  const types = (exchange: string) =>
    about(ticketId)
      .filter(({ fields }) => fields.exchange === exchange)
      .map(({ fields }) => fields.routingKey);

  it('is every type that is documented', async () => {
    ticketId = await story();
    await waitFor(
      () => types(exchanges.ticket).length >= 7 && types(exchanges.credential).length >= 11,
    );
    await waitFor(() => caught.some(({ fields }) => fields.routingKey === checkpoint));
    const documented = (exchange: string) =>
      [...document.channels[exchange].parameters.type.enum].sort();
    expect([...new Set(types(exchanges.ticket))].sort()).toEqual(documented(exchanges.ticket));
    expect([...new Set([...types(exchanges.credential), checkpoint])].sort()).toEqual(
      documented(exchanges.credential),
    );
    const gone = about(ticketId).filter(
      ({ fields }) => fields.routingKey === 'credentials.destroyed',
    );
    expect(gone.map((message) => eventOf(message).data.reason).sort()).toEqual([
      'deleted',
      'ticket-ended',
      'withdrawn',
    ]);
  });

  it('is what is documented, to the last property', () => {
    for (const message of caught)
      requireDescribed(
        messageOn(message.fields.exchange, message.fields.routingKey) ?? '',
        eventOf(message),
      );
  });

  it('travels as it was promised: persistent, as a CloudEvent, under its own id and type', () => {
    for (const message of caught) {
      const { id, type } = eventOf(message);
      expect(message.properties).toMatchObject({
        messageId: id,
        deliveryMode: 2,
        contentType: 'application/cloudevents+json',
        type,
      });
      expect(message.fields.routingKey).toBe(type);
      expect(message.properties.headers).toMatchObject({
        traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
      });
    }
  });

  it('reaches the consumer that the documentation shows', async () => {
    await waitFor(() =>
      caught.every((message) => printed.includes(JSON.stringify(eventOf(message).data))),
    );
  });

  it('has no secret in it', () => {
    for (const { content, properties } of caught)
      expect(content.toString() + JSON.stringify(properties)).not.toMatch(/told/);
  });
});
