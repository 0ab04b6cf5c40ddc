import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type UpstreamAnswer } from '#upstream';
import { TicketsStream } from './tickets-stream.js';

const beatMs = 15_000;
const beats = (count: number) => jest.advanceTimersByTimeAsync(count * beatMs);

/** How the owner answers for each ticket; 204 where it is not said. */
let statuses: Record<string, number>;
/** When the owner was asked about which, in heartbeats from the beginning. */
let asked: Record<string, number[]>;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  [statuses, asked] = [{}, {}];
});
afterEach(() => {
  jest.useRealTimers();
});

const ask = (ticketId: string): Promise<UpstreamAnswer> => {
  (asked[ticketId] ??= []).push(Date.now() / beatMs);
  return Promise.resolve({ status: statuses[ticketId] ?? 204, headers: {}, body: Buffer.alloc(0) });
};

/** A stream that a client reads. @returns what the client has read */
async function opened(ticketIds: readonly string[]): Promise<() => string> {
  const stream = new TicketsStream(ticketIds, ask, 3600);
  let text = '';
  stream.body.readable.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await stream.open();
  return () => text;
}

it('each ticket of a stream is asked for at the first heartbeat and then every few, one that is refused too, and nothing is told by it', async () => {
  statuses = { B: 403 };
  const read = await opened(['A', 'B']);
  await beats(60);
  for (const times of [asked.A ?? [], asked.B ?? []]) {
    expect(times.slice(0, 2)).toEqual([0, 1]);
    const pauses = times.slice(2).map((at, place) => at - (times[place + 1] ?? 0));
    expect([Math.min(...pauses) >= 3, Math.max(...pauses) <= 5]).toEqual([true, true]);
  }
  expect(read().match(/event: \w+/g)).toEqual(['event: sync', 'event: refused']);
});

it('a ticket of which nobody could tell at the beginning is asked for at every heartbeat until somebody can', async () => {
  statuses = { A: 503 };
  const read = await opened(['A']);
  await beats(10);
  expect(asked.A).toHaveLength(11);
  expect(read()).not.toContain('event:');
  statuses = {};
  await beats(1);
  expect(read()).toContain('event: sync');
});

it('a stream of many asks about a few at a time, and about no more once its client has left', async () => {
  const answers: (() => void)[] = [];
  const ticketIds = Array.from({ length: 20 }, (_, id) => `T${id}`);
  const slowly = (ticketId: string) =>
    new Promise<UpstreamAnswer>((resolve) => answers.push(() => void ask(ticketId).then(resolve)));
  const stream = new TicketsStream(ticketIds, slowly, 3600);
  const opening = stream.open();
  expect(answers).toHaveLength(4);
  answers[0]?.();
  await beats(0);
  expect(answers).toHaveLength(5);
  stream.body.readable.destroy();
  for (const answer of answers) answer();
  await opening;
  await beats(1);
  expect([answers.length, jest.getTimerCount()]).toEqual([5, 0]);
});
