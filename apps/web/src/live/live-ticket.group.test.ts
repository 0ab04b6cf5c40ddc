import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TicketListener, openAnswer, setVisibility } from './live-ticket.fixture.js';

const settle = () => jest.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

let listener: TicketListener;
beforeEach(() => {
  jest.useFakeTimers();
  setVisibility('visible');
});
afterEach(() => {
  listener.live.stop();
  jest.useRealTimers();
});

describe('the group of a stream', () => {
  const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;
  let asked: number;
  let name: string;
  let isUnknown: boolean;
  /** The gateway answers when it resolves. */
  let answerDelay: Promise<void>;
  let stream: ReturnType<typeof openAnswer>;
  const group = async () => {
    const claims = { sub: 'a', uti: `asked ${(asked += 1)}` };
    await answerDelay;
    return { name, isUnknown, claims };
  };
  beforeEach(() => {
    [asked, name, isUnknown, answerDelay] = [0, 'name', false, Promise.resolve()];
    const next = () => (stream = openAnswer()).response;
    listener = new TicketListener(
      Array.from({ length: 9 }, () => next),
      group,
    );
    return pass(1);
  });
  /** Uses a new token in each second. */
  const use = async (seconds: number, sub = 'a') => {
    for (let second = 0; second < seconds; second += 1) {
      // A stream that was just left rejects.
      await stream.sendHeartbeat().catch(() => undefined);
      listener.live.noteToken(tokenOf({ sub, uti: String(second) }));
      await pass(1);
    }
  };

  it('a token with a new claim has the group checked at once, then once a minute at most, and the stream stays', async () => {
    await use(1);
    expect([asked, listener.attempts]).toEqual([2, 1]);
    await use(30);
    expect([asked, listener.attempts]).toEqual([2, 1]);
    await use(100);
    expect(asked).toBe(4);
  });

  it('a tab moves to another stream if the gateway names another group', async () => {
    name = 'with another role';
    await use(1);
    expect([asked, listener.attempts, listener.polls]).toEqual([2, 2, 1]);
  });

  it('a tab whose group is unknown keeps its own stream until the gateway names one', async () => {
    isUnknown = true;
    for (name of ['one', 'another', 'a third']) await use(60);
    expect([asked, listener.attempts]).toEqual([5, 2]);
    [name, isUnknown] = ['name', false];
    await use(61);
    expect([asked, listener.attempts]).toEqual([6, 3]);
  });

  it('a token of another person leaves the stream at once', async () => {
    await use(2);
    name = 'of another';
    listener.live.noteToken(tokenOf({ sub: 'b', uti: 'x' }));
    await settle();
    expect(asked).toBe(3);
  });

  it('a stopped ticket checks no group any more, even if an old answer arrives late', async () => {
    let answer: () => void = () => undefined;
    answerDelay = new Promise((resolve) => (answer = resolve));
    await use(1);
    answerDelay = Promise.resolve();
    listener.live.wake();
    await pass(1);
    await use(1);
    answer();
    await settle();
    listener.live.stop();
    name = 'with another role';
    const before = [asked, listener.attempts];
    await pass(120);
    expect([asked, listener.attempts]).toEqual(before);
  });

  it('a renewed token that differs only in its times and id has no group checked', async () => {
    await use(1);
    listener.live.noteToken(tokenOf({ sub: 'a', uti: 'asked 2', exp: 1, jti: 'x' }));
    await pass(120);
    expect(asked).toBe(2);
  });
});
