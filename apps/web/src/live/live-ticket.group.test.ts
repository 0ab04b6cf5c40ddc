import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Listener, openAnswer, see } from './live-ticket.fixture.js';

const settle = () => jest.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

let listener: Listener;
beforeEach(() => {
  jest.useFakeTimers();
  see('visible');
});
afterEach(() => {
  listener.live.stop();
  jest.useRealTimers();
});

describe('with whom a stream is shared', () => {
  const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;
  let asked: number;
  let name: string;
  let isAlone: boolean;
  /** What the answer waits for. */
  let held: Promise<void>;
  let stream: ReturnType<typeof openAnswer>;
  const group = async () => {
    const claims = { sub: 'a', uti: `asked ${(asked += 1)}` };
    await held;
    return { name, isAlone, claims };
  };
  beforeEach(() => {
    [asked, name, isAlone, held] = [0, 'name', false, Promise.resolve()];
    const next = () => (stream = openAnswer()).response;
    listener = new Listener(
      Array.from({ length: 9 }, () => next),
      group,
    );
    return pass(1);
  });
  /** So many seconds pass, in each of which a new token is used. */
  const use = async (seconds: number, sub = 'a') => {
    for (let second = 0; second < seconds; second += 1) {
      // One that was just left refuses.
      await stream.beat().catch(() => undefined);
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

  it('is nobody, and stays so, for as long as something between keeps back who it is', async () => {
    isAlone = true;
    for (name of ['one', 'another', 'a third']) await use(60);
    expect([asked, listener.attempts]).toEqual([5, 2]);
    [name, isAlone] = ['name', false];
    await use(61);
    expect([asked, listener.attempts]).toEqual([6, 3]);
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

  it('is not asked where a token is the same but for its times', async () => {
    await use(1);
    listener.live.takeNoteOf(tokenOf({ sub: 'a', uti: 'asked 2', exp: 1, jti: 'x' }));
    await pass(120);
    expect(asked).toBe(2);
  });
});
