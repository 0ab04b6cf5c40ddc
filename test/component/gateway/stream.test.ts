import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cloudEvent, exchanges } from '#contracts';
import { TestBroker } from '../../support/broker.js';
import { testVariable } from '../../support/database.js';
import { EventStream } from '../../support/event-stream.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { waitFor } from '../../support/wait-for.js';
import { type Gateway, startGateway } from './gateway.fixture.js';

let broker: TestBroker;
let proxy: TcpProxy;
let gateway: Gateway;
let open: EventStream[];
beforeAll(async () => {
  broker = await TestBroker.open();
  const { hostname, port } = new URL(testVariable('TEST_RABBITMQ_URL'));
  proxy = await TcpProxy.to(hostname, Number(port));
  gateway = await startGateway({ RABBITMQ_URL: proxy.through(testVariable('TEST_RABBITMQ_URL')) });
  await waitFor(async () => (await ready()) === 'up');
});
beforeEach(() => {
  open = [];
  gateway.credentials.status = 204;
  gateway.credentials.body = '';
});
afterEach(() => {
  for (const stream of open) stream.close();
});
afterAll(async () => {
  await gateway.close();
  await proxy.close();
  await broker.close();
});

const ready = async (): Promise<string> => {
  const { checks } = (await (await fetch(`${gateway.url}/readyz`)).json()) as { checks: Record<string, string> };
  return checks['broker'] === 'ok' ? 'up' : 'down';
};

async function listen(ticketId: string, actor = 'customer-1'): Promise<EventStream> {
  const stream = await EventStream.open(`${gateway.url}/v1/tickets/${ticketId}/stream`, await gateway.bearer(actor, 'customer'));
  open.push(stream);
  return stream;
}

async function publish(exchange: string, type: string, ticketId: string, data: object = {}): Promise<string> {
  const event = cloudEvent('/test', type, { ticketId, ...data }, ticketId);
  await broker.publish(exchange, type, JSON.stringify(event));
  return event.id;
}

const ticket = (): string => `T-${randomUUID()}`;
const checks = () => gateway.credentials.received.length;

describe('a stream', () => {
  it('begins with sync, and then tells what happens to this ticket and to no other', async () => {
    const [mine, other] = [ticket(), ticket()];
    const stream = await listen(mine);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    await stream.hear('sync');
    await publish(exchanges.credential, 'credential.revealed', other);
    const id = await publish(exchanges.credential, 'credential.submitted', mine, { credentialId: 'c', actorId: 'a' });
    await publish(exchanges.ticket, 'ticket.status.changed', mine, { status: 'resolved' });
    await publish(exchanges.credential, 'credentials.destroyed', mine, { reason: 'ticket-ended' });
    await stream.hear('credentials.destroyed');
    expect(stream.types).toEqual(['sync', 'credential.submitted', 'ticket', 'credentials.destroyed']);
    expect(stream.heard[1]).toMatchObject({ id, data: { ticketId: mine, credentialId: 'c', actorId: 'a' } });
  });

  it('is refused in the words of the service that owns the ticket', async () => {
    gateway.credentials.status = 404;
    gateway.credentials.body = '{"code":"not-found"}';
    const { response } = await listen(ticket());
    expect([response.status, await response.json()]).toEqual([404, { code: 'not-found' }]);
  });

  it('ends when the ticket changed and its owner permits it no more, without telling of the change', async () => {
    const id = ticket();
    const stream = await listen(id);
    await stream.hear('sync');
    gateway.credentials.status = 403;
    await publish(exchanges.ticket, 'ticket.assigned', id);
    await stream.end();
    expect(stream.types).toEqual(['sync']);
  });

  it('is silent while nobody can tell whether it is permitted, and syncs when that is known again', async () => {
    const id = ticket();
    const stream = await listen(id);
    await stream.hear('sync');
    const before = checks();
    gateway.credentials.status = 503;
    await publish(exchanges.ticket, 'ticket.assigned', id);
    await waitFor(() => checks() > before);
    await publish(exchanges.credential, 'credential.revealed', id);
    gateway.credentials.status = 204;
    proxy.cut();
    await stream.hear('sync', 1);
    expect(stream.types).toEqual(['sync', 'sync']);
  });

  it('survives messages that are no events', async () => {
    const id = ticket();
    const stream = await listen(id);
    for (const body of ['not JSON', '{}', '[]', 'null']) await broker.publish(exchanges.ticket, 'ticket.created', body);
    await publish(exchanges.credential, 'credential.edited', id);
    await stream.hear('credential.edited');
  });
});

describe('while the broker is away', () => {
  it('clients are told to look by themselves, again and again, and once more when it is back', async () => {
    const stream = await listen(ticket());
    await stream.hear('sync');
    proxy.down();
    await stream.hear('sync', 1);
    await stream.hear('sync', 2);
    proxy.restore();
    await waitFor(async () => (await ready()) === 'up');
    const { ticketId } = (await stream.hear('sync')).data as { ticketId: string };
    await waitFor(async () => {
      await publish(exchanges.credential, 'credential.edited', ticketId);
      return stream.types.includes('credential.edited');
    });
  }, 60_000);

  it('a stream still ends when its owner permits it no more', async () => {
    const stream = await listen(ticket());
    await stream.hear('sync');
    proxy.down();
    gateway.credentials.status = 404;
    await stream.end();
    proxy.restore();
  });
});

describe('streams of one person', () => {
  it('are limited, and a closed one makes room', async () => {
    const id = ticket();
    for (let count = 0; count < 50; count += 1) await listen(id, 'customer-2');
    expect((await listen(id, 'customer-2')).response.status).toBe(429);
    open[0]!.close();
    await waitFor(async () => (await listen(id, 'customer-2')).response.status === 200);
  });
});

describe('a gateway that stops', () => {
  it('ends its streams, and does not wait for clients to do so', async () => {
    const stream = await listen(ticket());
    await stream.hear('sync');
    await gateway.close();
    expect(stream.ended).toBe(true);
    gateway = await startGateway({ RABBITMQ_URL: proxy.through(testVariable('TEST_RABBITMQ_URL')) });
  });
});
