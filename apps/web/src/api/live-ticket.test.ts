import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Connection, LiveTicket } from './live-ticket.js';

/** An answer whose body is written by the test. */
function openAnswer(status = 200) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    response: new Response(readable, { status }),
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
    end: () => writer.close(),
    break: () => writer.abort(new Error('reset')),
  };
}

let live: LiveTicket | undefined;
afterEach(() => {
  live?.stop();
  jest.useRealTimers();
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function listen(answers: (() => Response)[]) {
  const heard: string[] = [];
  const connections: Connection[] = [];
  let gaps = 0;
  let attempts = 0;
  live = new LiveTicket({
    open: () => {
      attempts += 1;
      const next = answers.shift();
      return next === undefined ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(next());
    },
    onEvent: ({ type }) => heard.push(type),
    onGap: () => (gaps += 1),
    onConnection: (connection) => connections.push(connection),
  });
  live.start();
  return { heard, connections, gaps: () => gaps, attempts: () => attempts };
}

describe('LiveTicket', () => {
  it('tells events, and after a sync that everything is to be fetched', async () => {
    const stream = openAnswer();
    const { heard, connections, gaps } = listen([() => stream.response]);
    await stream.write('event: sync\ndata: {}\n\nevent: ticket\ndata: {}\n\n');
    await until(() => heard.length === 1);
    expect([heard, gaps(), connections]).toEqual([['ticket'], 1, ['connecting', 'live']]);
  });

  it('looks at once when the stream ends, and opens it again', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    const { heard, connections, gaps } = listen([() => first.response, () => second.response]);
    await first.write('event: sync\ndata: {}\n\n');
    await first.end();
    await until(() => gaps() === 2);
    await second.write('event: sync\ndata: {}\n\nevent: credential.revealed\ndata: {}\n\n');
    await until(() => heard.length === 1);
    expect(connections).toEqual(['connecting', 'live', 'polling', 'live']);
  });

  it('goes on looking while there is no stream, sooner when it is woken, and not at all when it was stopped', async () => {
    jest.useFakeTimers();
    const { attempts, gaps } = listen([]);
    await jest.advanceTimersByTimeAsync(0);
    expect(gaps()).toBe(1);
    live?.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(gaps()).toBe(2);
    live?.stop();
    const before = [attempts(), gaps()];
    await jest.advanceTimersByTimeAsync(60_000);
    expect([attempts(), gaps()]).toEqual(before);
  });

  it('looks every few seconds until the stream has told that it began, however long the next attempt is away', async () => {
    jest.useFakeTimers();
    const busy = new Response(null, { status: 429, headers: { 'retry-after': '60' } });
    const stream = openAnswer();
    const { attempts, gaps, connections } = listen([() => busy, () => stream.response]);
    await jest.advanceTimersByTimeAsync(50_000);
    expect([attempts(), gaps()]).toEqual([1, 11]);
    await jest.advanceTimersByTimeAsync(15_000);
    // The headers came, and nothing after them.
    expect(connections).not.toContain('live');
    await stream.write('event: sync\ndata: {}\n\n');
    await jest.advanceTimersByTimeAsync(0);
    expect(connections).toContain('live');
    const before = gaps();
    await jest.advanceTimersByTimeAsync(30_000);
    expect([attempts(), gaps()]).toEqual([2, before]);
  });

  it('comes back soon after a stream that held and then broke, however often it did', async () => {
    jest.useFakeTimers();
    const streams = Array.from({ length: 9 }, () => openAnswer());
    const { attempts } = listen(streams.map((stream) => () => stream.response));
    for (const stream of streams.slice(0, 8)) {
      await jest.advanceTimersByTimeAsync(6_000);
      void stream.break().catch(() => undefined);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(attempts()).toBe(9);
  });
});
