import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type UpstreamAnswer } from '#upstream';
import { TicketStream } from './ticket-stream.js';

const beatMs = 15_000;
let status: number;
/** When the owner was asked, in heartbeats from the beginning. */
let asked: number[];
let began: number;

beforeEach(() => {
  jest.useFakeTimers();
  [status, asked, began] = [204, [], Date.now()];
});
afterEach(() => {
  jest.useRealTimers();
});

const ask = (): Promise<UpstreamAnswer> => {
  asked.push((Date.now() - began) / beatMs);
  return Promise.resolve({ status, headers: {}, body: Buffer.alloc(0) });
};

/**
 * A stream that a client reads, and whose token ends in an hour.
 * @returns it, and what the client has read
 */
async function opened(): Promise<{ stream: TicketStream; read: () => string }> {
  const stream = new TicketStream('T', ask, Date.now() / 1000 + 3600);
  let text = '';
  stream.body.readable.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await stream.open();
  return { stream, read: () => text };
}

const beats = (count: number) => jest.advanceTimersByTimeAsync(count * beatMs);
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('a stream on which nothing happens', () => {
  it('is asked for at the first heartbeat, and then every few, and tells nothing by it', async () => {
    const { read } = await opened();
    await beats(100);
    expect(asked.slice(0, 2)).toEqual([0, 1]);
    const pauses = asked.slice(2).map((at, place) => at - (asked[place + 1] ?? 0));
    expect([Math.min(...pauses), Math.max(...pauses)]).toEqual([3, 5]);
    expect([count(read(), 'event:'), count(read(), ': heartbeat')]).toEqual([1, 100]);
  });

  it('does not ask together with those that were opened together', async () => {
    for (let opening = 0; opening < 1000; opening += 1) await opened();
    await beats(60);
    const atOnce = (at: number) => asked.filter((when) => when === at).length;
    expect(Math.max(...Array.from({ length: 40 }, (_, at) => atOnce(at + 20)))).toBeLessThan(500);
  });

  it('ends when it is permitted no more', async () => {
    const { stream } = await opened();
    status = 403;
    await beats(1);
    expect(stream.body.readable.readableEnded).toBe(true);
  });

  it('ends where its ticket is in doubt, so that the client looks for itself, and not where the owner is only away', async () => {
    const [doubted, other] = [await opened(), await opened()];
    status = 503;
    doubted.stream.listening.take({ type: 'ticket', data: { ticketId: 'T', doubted: true } });
    other.stream.listening.take({ type: 'ticket', data: { ticketId: 'T' } });
    await beats(1);
    expect([
      doubted.stream.body.readable.readableEnded,
      other.stream.body.readable.readableEnded,
    ]).toEqual([true, false]);
    expect([count(doubted.read(), 'event:'), count(other.read(), 'event:')]).toEqual([1, 1]);
  });

  it('goes on where the owner cannot be asked, and has nothing to make up for', async () => {
    const { read } = await opened();
    status = 503;
    await beats(20);
    status = 204;
    await beats(20);
    expect([count(read(), 'event:'), count(read(), ': heartbeat')]).toEqual([1, 40]);
  });
});

describe('a stream', () => {
  it('asks at every heartbeat once it has left something out, and makes up for it by one sync', async () => {
    const { stream, read } = await opened();
    status = 503;
    stream.listening.take({ type: 'credential.edited', data: {} });
    stream.listening.resync();
    await beats(3);
    expect(asked).toEqual([0, 0, 0, 1, 2, 3]);
    status = 204;
    await beats(1);
    expect([count(read(), 'event: sync'), count(read(), 'event:')]).toEqual([2, 2]);
  });

  it('does not keep without bound what waits for an answer', async () => {
    const { stream, read } = await opened();
    for (let told = 0; told < 1000; told += 1)
      stream.listening.take({ type: 'credential.edited', data: { told } });
    await beats(0);
    expect([asked.length, count(read(), 'event: sync')]).toEqual([3, 2]);
    expect(count(read(), 'event:')).toBeLessThan(200);
  });

  it.each(['is asked for', 'is open'])(
    'keeps no timer when its client leaves while it %s',
    async (when) => {
      const stream = new TicketStream('T', ask, Date.now() / 1000 + 3600);
      const opening = stream.open();
      if (when === 'is open') await opening;
      stream.body.readable.destroy();
      await opening;
      await beats(1);
      expect(jest.getTimerCount()).toBe(0);
    },
  );
});
