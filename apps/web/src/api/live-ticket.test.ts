import { afterEach, describe, expect, it } from '@jest/globals';
import { type Connection, LiveTicket } from './live-ticket.js';

/** An answer whose body is written by the test. */
function openAnswer(status = 200) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    response: new Response(readable, { status }),
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
    end: () => writer.close(),
  };
}

let live: LiveTicket | undefined;
afterEach(() => {
  live?.stop();
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
    await first.end();
    await until(() => gaps() === 1);
    await second.write('event: credential.revealed\ndata: {}\n\n');
    await until(() => heard.length === 1);
    expect(connections).toEqual(['connecting', 'live', 'polling', 'live']);
  });

  it('goes on looking while there is no stream, sooner when it is woken, and not at all when it was stopped', async () => {
    const { attempts, gaps } = listen([]);
    await until(() => gaps() === 1);
    live?.wake();
    await until(() => gaps() === 2);
    live?.stop();
    const before = attempts();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(attempts()).toBe(before);
  });
});
