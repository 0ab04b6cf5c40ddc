import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchanges } from '#contracts';
import { type Helpdesk, startHelpdesk } from '../component/tickets/helpdesk.js';

const run = promisify(execFile);
let desk: Helpdesk;
let folder: string;

beforeAll(async () => {
  desk = await startHelpdesk();
  folder = await mkdtemp(join(tmpdir(), 'publishers-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await desk.close();
});

const clients: readonly (readonly [client: string, program: string, script: string])[] = [
  ['pika', '/usr/bin/python3', 'publish.pika.py'],
  ['bunny', 'ruby', 'publish.bunny.rb'],
  ['amqp-tools', 'sh', 'publish.amqp-tools.sh'],
  ['AnyEvent::RabbitMQ', 'perl', 'publish.anyevent.pl'],
];
const recipes = 'docs/events/publishers';

async function publish(program: string, script: string): Promise<string> {
  const ticketId = desk.newId();
  const data = { ticketId, status: 'open', version: 1, subject: 'Grüße' };
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/legacy-desk',
    type: 'ticket.status.changed',
    data,
  };
  const file = join(folder, `${event.id}.json`);
  await writeFile(file, JSON.stringify(event));
  await run(program, [script, file], {
    env: { ...process.env, RABBITMQ_URL: desk.broker.url },
    timeout: 20_000,
  });
  return ticketId;
}

describe.each(clients)('an event that %s publishes', (_client, program, script) => {
  it('in its default way is taken', async () => {
    expect(
      await desk.ticket(await publish(program, `test/publishers/defaults/${script}`)),
    ).toMatchObject({
      status: 'open',
      subject: 'Grüße',
    });
  });

  it('as docs/events says is taken, and is on the disk of the broker', async () => {
    const watch = `test.publishers.${randomUUID()}`;
    await desk.broker.act(async (channel) => {
      await channel.assertQueue(watch, { durable: true });
      await channel.bindQueue(watch, exchanges.helpdesk, '#');
    });
    try {
      expect(await desk.ticket(await publish(program, `${recipes}/${script}`))).toMatchObject({
        status: 'open',
        subject: 'Grüße',
      });
      expect((await desk.broker.take(watch)).properties).toMatchObject({
        deliveryMode: 2,
        contentType: 'application/cloudevents+json',
      });
    } finally {
      await desk.broker.deleteQueues(watch);
    }
  });
});
