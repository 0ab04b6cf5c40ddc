import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FromLeader } from './messages.js';
import { type SharedStream } from './shared-stream.js';

/** Locks as a browser has them, all of which another tab holds. */
const locks = { request: () => new Promise(() => undefined) };
for (const [name, value] of Object.entries({
  navigator: { locks },
  document: { visibilityState: 'visible' },
}))
  Object.defineProperty(globalThis, name, { value });

let Stream: typeof SharedStream;
let stream: SharedStream;
/** What the tab was told: events, and gaps that may last or not. */
let heard: unknown[];
/** What another tab says that leads, or thinks that it does. */
let other: BroadcastChannel;

beforeAll(async () => {
  ({ SharedStream: Stream } = await import('./shared-stream.js'));
});
beforeEach(() => {
  heard = [];
  other = new BroadcastChannel('name');
  stream = new Stream({
    name: 'name',
    ticketId: 'T',
    open: () => new Promise(() => undefined),
    onEvent: ({ type }) => heard.push(type),
    onGap: (isLasting) => heard.push(isLasting),
  });
  stream.start();
});
afterEach(() => {
  stream.stop();
  other.close();
});

const say = async (term: number, ...messages: FromLeader[]): Promise<void> => {
  for (const message of messages) other.postMessage({ ...message, term });
  // Messages of one channel arrive in their order.
  await new Promise((resolve) => setTimeout(resolve, 20));
};
const event = (type: string, ticketId = 'T'): FromLeader => ({
  kind: 'event',
  event: { type, data: { ticketId } },
});

describe('a tab that follows', () => {
  it('hears of its ticket, of gaps, and that it is left out', async () => {
    await say(1, { kind: 'ask' }, event('sync'), event('sync', 'another'));
    await say(1, { kind: 'left-out', ticketId: 'another' }, { kind: 'left-out', ticketId: 'T' });
    await say(1, { kind: 'lost', isLasting: false });
    expect(heard).toEqual([false, 'sync', true, false]);
  });
});
