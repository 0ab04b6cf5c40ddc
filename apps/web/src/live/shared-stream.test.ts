import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FromLeader } from './messages.js';
import { type SharedStream } from './shared-stream.js';

/** Locks as a browser has them, of which the test gives one on. */
let lead: () => Promise<unknown>;
const locks = {
  request: (_: string, options: LockOptions, take: (lock: object | null) => Promise<unknown>) => {
    if (options.ifAvailable) return take({});
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', reject);
      lead = () => take({}).then(resolve);
    });
  },
};
for (const [name, value] of Object.entries({
  navigator: { locks },
  document: { visibilityState: 'visible' },
}))
  Object.defineProperty(globalThis, name, { value });

let Stream: typeof SharedStream;
let stream: SharedStream;
/** What the tab was told: events, and gaps that may last or not. */
let heard: unknown[];
/** What a stream answers: nothing, while it is wanted. */
let open: (signal: AbortSignal) => Promise<Response>;
/** What another tab says that leads, or thinks that it does. */
let other: BroadcastChannel;

beforeAll(async () => {
  ({ SharedStream: Stream } = await import('./shared-stream.js'));
});
beforeEach(() => {
  heard = [];
  open = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', reject);
    });
  other = new BroadcastChannel('name');
  stream = new Stream({
    name: 'name',
    ticketId: 'T',
    open: (_, signal) => open(signal),
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

  it('hears nothing of a tab that led before, and does not know yet that it was deposed', async () => {
    await say(1, { kind: 'ask' }, event('sync'));
    await say(2, { kind: 'ask' });
    await say(1, event('sync'), { kind: 'ask' }, { kind: 'lost', isLasting: true });
    expect(heard).toEqual([false, 'sync', false]);
    await say(2, event('refused'));
    expect(heard.at(-1)).toBe('refused');
  });
});

describe('a tab that leads', () => {
  it('does so in a term of its own, though the clock was set back', async () => {
    const term = Date.now() + 1_000_000;
    await say(term, { kind: 'ask' }, event('sync'));
    const said: unknown[] = [];
    other.onmessage = ({ data }) => said.push(data);
    void lead();
    await say(term, event('sync'));
    expect(said).toContainEqual({ kind: 'ask', term: term + 1 });
    expect(heard).toEqual([false, 'sync', false]);
  });

  it('leads no more once it hears of another one that does, and waits for its turn', async () => {
    const signals: AbortSignal[] = [];
    const wait = open;
    open = (signal) => wait(signals[signals.push(signal) - 1] as AbortSignal);
    const ended = lead();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const term = Date.now() + 1_000_000;
    await say(term, { kind: 'ask' }, event('sync'));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await ended;
    const said: { kind: string }[] = [];
    other.onmessage = ({ data }: MessageEvent<{ kind: string }>) => said.push(data);
    other.postMessage({ kind: 'ping' });
    await say(term, event('ticket'));
    expect([said, heard.at(-1)]).toEqual([[], 'ticket']);
    void lead();
    other.postMessage({ kind: 'ping' });
    await say(0);
    expect(said).toEqual([
      { kind: 'ask', term: term + 1 },
      { kind: 'want', from: expect.any(String), ticketId: 'T' },
      { kind: 'here', term: term + 1 },
    ]);
  });
});
