import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exchanges } from '#contracts';
import { waitFor } from '../../support/wait-for.js';
import { newTicket, Streams } from './streams.fixture.js';

let streams: Streams;
beforeAll(async () => {
  streams = await Streams.start();
});
beforeEach(() => {
  streams.permit(204);
});
afterEach(() => {
  streams.hangUp();
});
afterAll(() => streams.stop());

/** How many questions a gateway has under way at an owner: its connections. */
const askedAtOnce = 64;

let people = 1;
const somebody = (): string => `customer-${(people += 1)}`;

/** How many streams one person can open. */
async function room(actor: string): Promise<number> {
  for (let count = 0; ; count += 1)
    if ((await streams.listen(newTicket(), actor)).response.status === 429) return count;
}

describe('a stream whose owner is being asked for the first time', () => {
  it('keeps what happens meanwhile, and tells it after sync when that is permitted too', async () => {
    const id = newTicket();
    const letGo = streams.hold(id);
    const opening = streams.listen(id);
    await waitFor(() => streams.questions(id) === 1);
    await streams.publish(exchanges.credential, 'credential.submitted', id);
    await streams.publish(exchanges.ticketNews, 'ticket.status.changed', id);
    await streams.arrived();
    letGo();
    const stream = await opening;
    await stream.waitForEvent('ticket');
    expect(stream.types).toEqual(['sync', 'credential.submitted', 'ticket']);
  });

  it('hears of a change that the answer does not know yet, is asked for again, and ends without telling anything', async () => {
    const id = newTicket();
    const letGo = streams.hold(id);
    const opening = streams.listen(id);
    await waitFor(() => streams.questions(id) === 1);
    streams.permit(403);
    await streams.publish(exchanges.ticketNews, 'ticket.assigned', id);
    await streams.publish(exchanges.credential, 'credential.submitted', id);
    await streams.arrived();
    letGo();
    const stream = await opening;
    await stream.end();
    expect(stream.types).toEqual(['sync']);
  });

  it('is refused without a word of what happened meanwhile', async () => {
    const id = newTicket();
    streams.permit(404, '{"code":"not-found"}');
    const letGo = streams.hold(id);
    const opening = streams.request(id, somebody(), {});
    await waitFor(() => streams.questions(id) === 1);
    await streams.publish(exchanges.credential, 'credential.submitted', id);
    await streams.arrived();
    letGo();
    const answer = await opening;
    expect([answer.status, await answer.json(), streams.questions(id)]).toEqual([
      404,
      { code: 'not-found' },
      1,
    ]);
  });
});

describe('streams of one person', () => {
  it('are limited, and a closed one makes room', async () => {
    const actor = somebody();
    const first = await streams.listen(newTicket(), actor);
    expect(await room(actor)).toBe(99);
    first.close();
    await waitFor(async () => (await streams.listen(newTicket(), actor)).response.status === 200);
  });

  it('are counted while their owner is being asked, and beyond the limit it is not', async () => {
    const [actor, id] = [somebody(), newTicket()];
    const letGo = streams.hold(id);
    const opening = Array.from({ length: 110 }, () => streams.listen(id, actor));
    await waitFor(() => streams.questions(id) === askedAtOnce);
    letGo();
    const statuses = (await Promise.all(opening)).map(({ response }) => response.status);
    expect(statuses.toSorted()).toEqual([
      ...Array<number>(100).fill(200),
      ...Array<number>(10).fill(429),
    ]);
    expect(streams.questions(id)).toBe(100);
  });

  it('leave no trace where they are refused, whatever with', async () => {
    const actor = somebody();
    for (const status of [403, 404, 503]) {
      streams.permit(status);
      for (let count = 0; count < 3; count += 1)
        expect((await streams.listen(newTicket(), actor)).response.status).toBe(status);
    }
    streams.permit(204);
    expect(await room(actor)).toBe(100);
  });

  it('leave no trace where the client leaves while their owner is being asked', async () => {
    const [actor, id] = [somebody(), newTicket()];
    for (let count = 0; count < 50; count += 1) await streams.listen(newTicket(), actor);
    const letGo = streams.hold(id);
    const leaving = new AbortController();
    const opening = Array.from({ length: 50 }, () =>
      streams.request(id, actor, { signal: leaving.signal }),
    );
    await waitFor(() => streams.questions(id) === 50);
    leaving.abort();
    await Promise.allSettled(opening);
    const hasRoom = async () => (await streams.listen(newTicket(), actor)).response.status === 200;
    // Before the questions are given up, after ten seconds, which would make room too.
    await waitFor(hasRoom, 5_000);
    letGo();
    expect(await room(actor)).toBe(49);
  });

  it('are none where only the head is asked for', async () => {
    const actor = somebody();
    const head = async () => streams.request(newTicket(), actor, { method: 'HEAD' });
    for (let count = 0; count < 3; count += 1) {
      const { status, headers } = await head();
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'text/event-stream',
        'no-store, no-transform',
      ]);
    }
    expect(await room(actor)).toBe(100);
    expect((await head()).status).toBe(429);
  });
});
