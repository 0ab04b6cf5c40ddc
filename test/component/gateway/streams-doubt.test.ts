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

describe('a stream of several tickets, one of them in doubt', () => {
  it('says that it may not tell of a ticket that was in doubt before it was opened, until that is settled', async () => {
    streams.doubt(a);
    const stream = await streams.listenToAll([a, b]);
    await waitForTicketEvent(stream, a, 'refused');
    await waitForTicketEvent(stream, b, 'sync');
    await streams.publish(exchanges.credential, 'credential.submitted', a);
    await waitFor(() => streams.questions(a) >= 2);
    streams.permitOne(a, 204);
    await streams.publish(exchanges.ticketNews, 'ticket.status.changed', a);
    await waitForTicketEvent(stream, a, 'ticket');
    expect(typesOf(stream, a)).toEqual(['refused', 'sync', 'ticket']);
  });

  it('says so where the event of the doubt got lost, and is silent where nobody can be asked', async () => {
    const stream = await streams.listenToAll([a, b]);
    await Promise.all([a, b].map((ticketId) => waitForTicketEvent(stream, ticketId, 'sync')));
    streams.doubt(a);
    streams.permitOne(b, 503);
    streams.line.cut();
    await waitForTicketEvent(stream, a, 'refused');
    await waitFor(() => streams.questions(b) >= 2);
    expect([typesOf(stream, a), typesOf(stream, b)]).toEqual([['sync', 'refused'], ['sync']]);
  });
});
