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

describe('without a stream', () => {
  it('a tab that is seen looks by itself, more and more rarely, and at once when it is woken', async () => {
    listener = new Listener([]);
    await pass(60);
    const first = listener.gaps;
    await pass(600);
    const later = (listener.gaps - first) / 10;
    expect([first > 3, later <= 2.1, later >= 0.9]).toEqual([true, true, true]);
    const before = listener.gaps;
    listener.live.wake();
    await settle();
    expect(listener.gaps).toBe(before + 1);
  });

  it('a tab that nobody sees does not look, and does at once when it is seen', async () => {
    see('hidden');
    listener = new Listener([]);
    await pass(600);
    expect(listener.gaps).toBe(0);
    see('visible');
    await settle();
    expect(listener.gaps).toBe(1);
  });

  it('a tab that shows a secret looks every few seconds, seen or not', async () => {
    listener = new Listener([]);
    listener.isShowing = true;
    see('hidden');
    await pass(600);
    expect(listener.gaps).toBeGreaterThanOrEqual(120);
  });

  it('a tab looks until the stream has told how the ticket stands, however long the next attempt is away', async () => {
    const busy = new Response(null, { status: 429, headers: { 'retry-after': '60' } });
    const stream = openAnswer();
    listener = new Listener([() => busy, () => stream.response]);
    listener.isShowing = true;
    await pass(50);
    expect([listener.attempts, listener.gaps]).toEqual([1, 10]);
    await pass(15);
    // The headers came, and nothing after them.
    expect(listener.connections).not.toContain('live');
    await stream.tell('sync');
    await settle();
    expect(listener.connections).toContain('live');
    const before = listener.gaps;
    await passInPeace(30, stream);
    expect([listener.attempts, listener.gaps]).toEqual([2, before]);
  });

  it('a look that fails is done again until it succeeds, though the stream tells of everything that comes', async () => {
    const stream = openAnswer();
    listener = new Listener([() => stream.response]);
    listener.isAnswered = false;
    await pass(1);
    await stream.tell('sync');
    await passInPeace(60, stream);
    expect([listener.gaps > 2, listener.connections]).toEqual([true, ['connecting', 'live']]);
    listener.isAnswered = true;
    await passInPeace(60, stream);
    const after = listener.gaps;
    await passInPeace(300, stream);
    expect([listener.attempts, listener.gaps]).toEqual([1, after]);
  });

  it('who is signed in is asked for anew with each look, where nobody has said it', async () => {
    let asked = 0;
    listener = new Listener([], () => Promise.reject(new Error(String((asked += 1)))));
    await pass(600);
    expect([listener.attempts, asked]).toEqual([0, listener.gaps + 1]);
  });

  it('nothing is asked once it was stopped', async () => {
    listener = new Listener([]);
    await pass(5);
    listener.live.stop();
    const before = [listener.attempts, listener.gaps];
    await pass(60);
    expect([listener.attempts, listener.gaps]).toEqual(before);
  });
});
