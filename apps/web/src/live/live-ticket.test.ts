import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Listener, openAnswer, see } from './live-ticket.fixture.js';

const settle = () => jest.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

/** So many seconds pass in which nothing is told but heartbeats. */
async function passInPeace(
  seconds: number,
  { beat }: ReturnType<typeof openAnswer>,
): Promise<void> {
  for (let past = 0; past < seconds; past += 15) {
    await beat();
    await pass(15);
  }
}

let listener: Listener;
beforeEach(() => {
  jest.useFakeTimers();
  see('visible');
});
afterEach(() => {
  listener.live.stop();
  jest.useRealTimers();
});

describe('a stream', () => {
  it('tells what happens to the ticket and to no other, and after a sync that everything is to be fetched', async () => {
    const stream = openAnswer();
    listener = new Listener([() => stream.response]);
    await pass(1);
    for (const [type, ticketId] of [['sync'], ['ticket', 'another'], ['ticket']] as const)
      await stream.tell(type, ticketId);
    await settle();
    expect([listener.heard, listener.gaps, listener.connections]).toEqual([
      ['ticket'],
      1,
      ['connecting', 'live'],
    ]);
  });

  it('that breaks is told of by a look at once, and opened again', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new Listener([() => first.response, () => second.response]);
    await pass(1);
    await first.tell('sync');
    await settle();
    first.break();
    await settle();
    expect(listener.gaps).toBe(2);
    await pass(1);
    await second.tell('sync');
    await second.tell('credential.revealed');
    await settle();
    expect([listener.heard, listener.connections]).toEqual([
      ['credential.revealed'],
      ['connecting', 'live', 'polling', 'live'],
    ]);
  });

  it('that ends with its token is opened again, and then everything is fetched once', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new Listener([() => first.response, () => second.response]);
    await pass(1);
    await first.tell('sync');
    await passInPeace(60, first);
    await first.end();
    await pass(1);
    await second.tell('sync');
    await settle();
    expect([listener.gaps, listener.connections]).toEqual([2, ['connecting', 'live', 'live']]);
  });

  it('is opened again soon after it held and then broke, however often it did', async () => {
    const streams = Array.from({ length: 9 }, () => openAnswer());
    listener = new Listener(streams.map((stream) => () => stream.response));
    await pass(1);
    for (const stream of streams.slice(0, 8)) {
      await pass(6);
      stream.break();
      await pass(1);
    }
    expect(listener.attempts).toBe(9);
  });

  it('that says nothing for longer than its heartbeats take is opened again', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new Listener([() => first.response, () => second.response]);
    await pass(1);
    await first.tell('sync');
    await pass(45);
    expect(listener.attempts).toBe(2);
  });

  it('by which one may not hear of the ticket is a live one all the same: it tells when that changes', async () => {
    const stream = openAnswer();
    listener = new Listener([() => stream.response]);
    await pass(1);
    await stream.tell('refused');
    await passInPeace(600, stream);
    expect([listener.gaps, listener.connections, listener.live.isPermitted]).toEqual([
      1,
      ['connecting', 'polling'],
      false,
    ]);
  });

  it('is for the page that is there: not while it is kept for "back"', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new Listener([() => first.response, () => second.response]);
    await pass(1);
    await first.tell('sync');
    await settle();
    window.dispatchEvent(new Event('pagehide'));
    await pass(2);
    expect(listener.attempts).toBe(1);
    window.dispatchEvent(new Event('pageshow'));
    await pass(1);
    expect([listener.attempts, listener.gaps]).toEqual([2, 2]);
  });
});
