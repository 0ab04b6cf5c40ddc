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

describe('with whom a stream is shared', () => {
  const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;
  let asked: number;
  let name: string;
  /** What the answer waits for. */
  let held: Promise<void>;
  const group = async () => {
    const claims = { sub: 'a', uti: `asked ${(asked += 1)}` };
    await held;
    return { name, claims };
  };
  beforeEach(() => {
    [asked, name, held] = [0, 'name', Promise.resolve()];
    const streams = Array.from({ length: 9 }, () => openAnswer());
    listener = new Listener(
      streams.map((stream) => () => stream.response),
      group,
    );
    return pass(1);
  });
  /** So many seconds pass, in each of which a new token is used. */
  const use = async (seconds: number, sub = 'a') => {
    for (let second = 0; second < seconds; second += 1) {
      listener.live.takeNoteOf(tokenOf({ sub, uti: String(second) }));
      await pass(1);
    }
  };

  it('is asked at once where a token says something new, then once a minute at most, and changes nothing', async () => {
    await use(1);
    expect([asked, listener.attempts]).toEqual([2, 1]);
    await use(30);
    expect([asked, listener.attempts]).toEqual([2, 1]);
    await use(100);
    expect(asked).toBe(4);
  });

  it('is another group where the answer is another', async () => {
    name = 'with another role';
    await use(1);
    expect([asked, listener.attempts, listener.gaps]).toEqual([2, 2, 1]);
  });

  it('is left at once with the token of another person', async () => {
    await use(2);
    name = 'of another';
    listener.live.takeNoteOf(tokenOf({ sub: 'b', uti: 'x' }));
    await settle();
    expect(asked).toBe(3);
  });

  it('is not asked any more once it was stopped, though an old answer came after a new token', async () => {
    let answer: () => void = () => undefined;
    held = new Promise((resolve) => (answer = resolve));
    await use(1);
    held = Promise.resolve();
    listener.live.wake();
    await settle();
    await use(1);
    answer();
    await settle();
    listener.live.stop();
    name = 'with another role';
    const before = [asked, listener.attempts];
    await pass(120);
    expect([asked, listener.attempts]).toEqual(before);
  });

  it('is not asked where a token is the same but for its times', async () => {
    await use(1);
    listener.live.takeNoteOf(tokenOf({ sub: 'a', uti: 'asked 2', exp: 1, jti: 'x' }));
    await pass(120);
    expect(asked).toBe(2);
  });
});
