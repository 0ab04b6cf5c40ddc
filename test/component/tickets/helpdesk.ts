import { randomUUID } from 'node:crypto';
import { exchanges, queues } from '#contracts';
import { deadQueue, retryQueue, routesExchange } from '#messaging';
import { parseHomes } from '../../../apps/tickets/src/domain/parse-homes.js';
import { TestBroker } from '../../support/broker.js';
import { valueOf } from '../../support/metrics.js';
import { waitFor } from '../../support/wait-for.js';
import { type Client } from '../../support/client.js';
import { startTickets, type TicketsUnderTest } from './harness.js';

export const queue = queues.ticketsHelpdeskEvents;
export const dead = deadQueue(queue);
const publishedQueue = 'test.mirrored-ticket-events';

export interface Publication {
  /**
   * Of the body; what stands here is added to a sound event, and undefined takes away.
   */
  readonly attributes?: Record<string, unknown>;
  readonly headers?: object;
  readonly contentType?: string;
  /** The routing key; default the right one. */
  readonly key?: string;
  /** The publisher's, which the broker compares with its connection. */
  readonly userId?: string;
}

/**
 * The `tickets` service with homes, on the real broker, and a client that publishes
 * as any other service would.
 */
export interface Helpdesk {
  readonly stage: TicketsUnderTest;
  readonly broker: TestBroker;
  readonly agent: Client;
  /**
   * The broker user of the test, which home `/eu-desk` must publish as; `/us-desk`
   * must publish as another one.
   */
  readonly user: string;
  /** @returns an id that no test has used, of the home with this prefix */
  newId(prefix?: string): string;
  /** Publishes an event of `/legacy-desk`. @returns its id, which is the message's too */
  publish(data: Record<string, unknown>, more?: Publication): Promise<string>;
  /** Publishes any body at all. @returns the message's id */
  send(body: string, more?: Omit<Publication, 'attributes'>): Promise<string>;
  /** The ticket as the API shows it to an agent, once it is there. */
  ticket(id: string): Promise<Record<string, unknown>>;
  /** Resolves when everything that was published before has been dealt with. */
  settled(): Promise<void>;
  /**
   * All events of a ticket on `ticket.events`, by version: type, status, previous status,
   * version, phase.
   */
  published(ticketId: string): Promise<unknown[][]>;
  /** The reason of the next dead letter, and the message's id. */
  refusal(): Promise<{ id: unknown; reason: unknown }>;
  close(): Promise<void>;
}

let ids = 0;

export async function startHelpdesk(): Promise<Helpdesk> {
  const broker = await TestBroker.open();
  const user = decodeURIComponent(new URL(broker.url).username);
  await broker.act((channel) => channel.deleteExchange(routesExchange(queue)));
  await broker.deleteQueues(
    queue,
    dead,
    publishedQueue,
    ...[1, 5, 15, 60, 300].map((seconds) => retryQueue(queue, seconds)),
  );
  const homes = parseHomes({
    '/legacy-desk': {
      prefix: 'legacy:',
      statuses: { Solved: 'resolved', merged: 'closed', 5: 'closed' },
    },
    '/eu-desk': { prefix: 'eu:', user },
    '/us-desk': { prefix: 'us:', user: 'somebody-else' },
  });
  const stage = await startTickets({ rabbitmqUrl: broker.url, homes });
  await waitFor(() => broker.consumers(queue));
  await broker.act(async (channel) => {
    await channel.assertQueue(publishedQueue, { durable: true });
    for (const key of ['ticket.*', 'ticket.status.*'])
      await channel.bindQueue(publishedQueue, exchanges.ticket, key);
  });
  const agent = await stage.as('alex', ['agent']);
  let sent = 0;
  const desk: Helpdesk = {
    stage,
    broker,
    agent,
    user,
    newId: (prefix = 'legacy:') => `${prefix}${process.pid}-${(ids += 1)}`,
    publish: (data, { attributes, ...more } = {}) => {
      const event = {
        specversion: '1.0',
        id: randomUUID(),
        source: '/legacy-desk',
        type: 'ticket.status.changed',
        data,
        ...attributes,
      };
      return desk.send(JSON.stringify(event), more);
    },
    send: async (body, { key = 'ticket.status.changed', ...more } = {}) => {
      const messageId = randomUUID();
      sent += 1;
      await broker.publish(exchanges.helpdesk, key, body, { messageId, ...more });
      return messageId;
    },
    ticket: (id) => waitFor(async () => found(await agent.get(`/v1/tickets/${id}`))),
    settled: async () => {
      await waitFor(async () => (await outcomes(stage)) >= sent);
    },
    published: readPublished(stage, broker),
    refusal: async () => {
      const { properties } = await broker.take(dead);
      return {
        id: properties.messageId as unknown,
        reason: properties.headers?.['x-reason'] as unknown,
      };
    },
    close: async () => {
      await stage.stop();
      await broker.deleteQueues(publishedQueue);
      await broker.close();
    },
  };
  return desk;
}

const found = ({ status, body }: Awaited<ReturnType<Client['get']>>) =>
  status === 200 ? body : undefined;

/** How many messages of the queue are done with or refused. */
async function outcomes({ anonymous }: TicketsUnderTest): Promise<number> {
  const metrics = await anonymous.metrics();
  const count = (result: string) =>
    valueOf(metrics, 'messages_consumed_seconds_count', { queue, result }) ?? 0;
  return count('done') + count('reject');
}

/**
 * Reads `ticket.events` to its end once everything is published. Events come in no
 * promised order, so they are sorted by version.
 */
function readPublished({ database }: TicketsUnderTest, broker: TestBroker): Helpdesk['published'] {
  const seen: { type: string; data: Record<string, unknown> }[] = [];
  return async (ticketId) => {
    await waitFor(async () => (await database.query('SELECT 1 FROM outbox')).length === 0);
    for (let left = await broker.depth(publishedQueue); left > 0; left -= 1) {
      seen.push(
        JSON.parse((await broker.take(publishedQueue)).content.toString()) as (typeof seen)[number],
      );
    }
    const about = seen.filter(({ data }) => data.ticketId === ticketId);
    const facts = about.map(({ type, data }) => [
      type,
      data.status,
      data.previousStatus,
      data.version,
      data.phase,
    ]);
    return facts.sort(
      (a, b) => Number(a[3]) - Number(b[3]) || String(a[0]).localeCompare(String(b[0])),
    );
  };
}
