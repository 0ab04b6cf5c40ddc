import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exchanges } from '#contracts';
import { waitForTicketEvent, typesOf } from '../../support/event-stream.js';
import { waitFor } from '../../support/wait-for.js';
import { newTicket, Streams } from './streams.fixture.js';

let streams: Streams;
let a: string;
let b: string;
beforeAll(async () => {
  streams = await Streams.start();
});
beforeEach(() => {
  streams.permit(204);
  [a, b] = [newTicket(), newTicket()];
});
afterEach(() => {
  streams.hangUp();
});
afterAll(() => streams.stop());

describe('a stream of several tickets', () => {
  it('begins with a sync for each, and tells what happens to these and to no other', async () => {
    const stream = await streams.listenToAll([a, b]);
    await Promise.all([a, b].map((ticketId) => waitForTicketEvent(stream, ticketId, 'sync')));
    await streams.publish(exchanges.credential, 'credential.revealed', newTicket());
    await streams.publish(exchanges.ticketNews, 'ticket.status.changed', a, { status: 'resolved' });
    await streams.publish(exchanges.credential, 'credential.submitted', b);
    await waitForTicketEvent(stream, a, 'ticket');
    await waitForTicketEvent(stream, b, 'credential.submitted');
    expect([stream.events.length, typesOf(stream, a), typesOf(stream, b)]).toEqual([
      4,
      ['sync', 'ticket'],
      ['sync', 'credential.submitted'],
    ]);
  });

  it('says which of them it may not tell of, tells nothing of it, and goes on with the others', async () => {
    streams.permitOne(a, 403);
    const stream = await streams.listenToAll([a, b]);
    await waitForTicketEvent(stream, a, 'refused');
    await waitForTicketEvent(stream, b, 'sync');
    await streams.publish(exchanges.credential, 'credential.submitted', a);
    await streams.publish(exchanges.credential, 'credential.submitted', b);
    await waitForTicketEvent(stream, b, 'credential.submitted');
    await waitFor(() => streams.questions(a) === 2);
    await streams.arrived();
    expect(typesOf(stream, a)).toEqual(['refused']);
  });

  it('says once more that it may not tell of a ticket where that has changed, and only to who may read it', async () => {
    streams.permitOne(a, 403);
    streams.permitOne(b, 404);
    const stream = await streams.listenToAll([a, b]);
    await Promise.all([a, b].map((ticketId) => waitForTicketEvent(stream, ticketId, 'refused')));
    for (const ticketId of [b, a])
      await streams.publish(exchanges.ticketNews, 'ticket.assigned', ticketId);
    await waitFor(() => typesOf(stream, a).length === 2);
    await streams.arrived();
    expect([typesOf(stream, a), typesOf(stream, b)]).toEqual([['refused', 'refused'], ['refused']]);
  });

  it('tells of a ticket from the moment that its owner permits it, after a sync', async () => {
    streams.permitOne(a, 403);
    const stream = await streams.listenToAll([a, b]);
    await waitForTicketEvent(stream, a, 'refused');
    streams.permitOne(a, 204);
    await streams.publish(exchanges.ticketNews, 'ticket.assigned', a);
    await waitForTicketEvent(stream, a, 'ticket');
    expect(typesOf(stream, a)).toEqual(['refused', 'sync', 'ticket']);
  });

  it('tells of no ticket any more that its owner permits no more, and does not tell of the change', async () => {
    const stream = await streams.listenToAll([a, b]);
    await waitForTicketEvent(stream, a, 'sync');
    streams.permitOne(a, 403);
    await streams.publish(exchanges.ticketNews, 'ticket.assigned', a);
    await waitForTicketEvent(stream, a, 'refused');
    await streams.publish(exchanges.credential, 'credential.submitted', a);
    await streams.arrived();
    expect(typesOf(stream, a)).toEqual(['sync', 'refused']);
  });

  it('hears of what happens to a ticket while its owner is being asked for the first time', async () => {
    const letGo = streams.hold(a);
    const stream = await streams.listenToAll([a, b]);
    await waitFor(() => streams.questions(a) === 1);
    await streams.publish(exchanges.credential, 'credential.submitted', a);
    await streams.arrived();
    letGo();
    await waitForTicketEvent(stream, a, 'credential.submitted');
    expect(typesOf(stream, a)).toEqual(['sync', 'credential.submitted']);
  });

  it('ends where its owner takes the token for no good any more', async () => {
    streams.permitOne(b, 401);
    await (await streams.listenToAll([a, b])).end();
  });

  it('is silent about a ticket while nobody can tell whether it is permitted, and about no other', async () => {
    streams.permitOne(a, 503);
    const stream = await streams.listenToAll([a, b]);
    await waitForTicketEvent(stream, b, 'sync');
    await streams.publish(exchanges.credential, 'credential.submitted', a);
    await waitFor(() => streams.questions(a) >= 2);
    streams.permitOne(a, 204);
    streams.line.cut();
    await waitForTicketEvent(stream, a, 'sync');
    expect(typesOf(stream, a)).toEqual(['sync']);
  });
});

describe('the request for a stream of several tickets', () => {
  const ids = (count: number) => Array.from({ length: count }, newTicket);
  const answerTo = async (tickets: string): Promise<[number, unknown]> => {
    const headers = await streams.gateway.bearer('customer-1', 'customer');
    const answer = await fetch(`${streams.gateway.url}/v1/streams${tickets}`, { headers });
    return [answer.status, await answer.json()];
  };

  it.each([
    ['', 'required'],
    ['?tickets=', 'invalid'],
    ['?tickets=a,,b', 'invalid'],
    ['?tickets=..%2Fme', 'invalid'],
    ['?tickets=a&tickets=b', 'invalid'],
    [`?tickets=${Array.from({ length: 31 }, (_, id) => id).join()}`, 'invalid'],
  ])('is refused for %j, and nobody is asked', async (tickets, code) => {
    expect(await answerTo(tickets)).toMatchObject([
      422,
      { errors: [{ pointer: 'tickets', code }] },
    ]);
    expect(streams.questions('a')).toBe(0);
  });

  it('is answered 401 without a token', async () => {
    expect((await fetch(`${streams.gateway.url}/v1/streams?tickets=a`)).status).toBe(401);
  });

  it('counts each ticket as one that its person listens to, and names that are repeated once', async () => {
    const actor = 'customer-of-many';
    expect((await streams.listenToAll([a, a, a], actor)).response.status).toBe(200);
    for (let count = 0; count < 3; count += 1)
      expect((await streams.listenToAll(ids(30), actor)).response.status).toBe(200);
    expect((await streams.listenToAll(ids(10), actor)).response.status).toBe(429);
    expect((await streams.listenToAll(ids(9), actor)).response.status).toBe(200);
  });

  it('opens no stream where it is a HEAD', async () => {
    const headers = await streams.gateway.bearer('customer-1', 'customer');
    const head = await fetch(`${streams.gateway.url}/v1/streams?tickets=${a}`, {
      method: 'HEAD',
      headers,
    });
    expect([head.status, head.headers.get('content-type'), streams.questions(a)]).toEqual([
      200,
      'text/event-stream',
      0,
    ]);
  });
});
