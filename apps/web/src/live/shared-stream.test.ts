import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type FromLeader } from './messages.js';
import { type SharedStream } from './shared-stream.js';

/** Locks as a browser has them, of which the test gives one on. */
let lead: () => Promise<unknown>;
/** Whether the lock was last asked for by taking it from another tab. */
let isStolen: boolean;
const locks = {
  request: (_: string, options: LockOptions, take: (lock: object | null) => Promise<unknown>) => {
    if (options.ifAvailable) return take({});
    isStolen = options.steal === true;
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', reject);
      lead = () => take({}).then(resolve);
    });
  },
};
const document = { visibilityState: 'visible' };
for (const [name, value] of Object.entries({ navigator: { locks }, document }))
  Object.defineProperty(globalThis, name, { value });

/** Only how often a tab pings is up to the test: messages come in their own time. */
const others = ['Date', 'setTimeout', 'clearTimeout', 'setImmediate', 'nextTick'] as const;

let Stream: typeof SharedStream;
let stream: SharedStream;
/** What the tab was told: events, and gaps that may last or not. */
let heard: unknown[];
/** Whether the tab shows a secret. */
let isShowing: boolean;
/** What a stream answers: nothing, while it is wanted. */
let open: (signal: AbortSignal) => Promise<Response>;
/** What another tab says that leads, or thinks that it does. */
let other: BroadcastChannel;

beforeAll(async () => {
  ({ SharedStream: Stream } = await import('./shared-stream.js'));
});
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: [...others] });
  heard = [];
  isShowing = false;
  document.visibilityState = 'visible';
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
    isShowing: () => isShowing,
  });
  stream.start();
});
afterEach(() => {
  stream.stop();
  other.close();
  jest.useRealTimers();
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

describe('a tab whose leader does not answer', () => {
  const pings = async (seconds: number): Promise<number> => {
    let count = 0;
    other.onmessage = ({ data }: MessageEvent<{ kind: string }>) => {
      if (data.kind === 'ping') count += 1;
    };
    jest.advanceTimersByTime(seconds * 1000);
    await say(0);
    return count;
  };

  it('takes the lock from it where somebody sees the tab, or it shows a secret', async () => {
    document.visibilityState = 'hidden';
    expect([await pings(60), isStolen]).toEqual([0, false]);
    isShowing = true;
    expect([await pings(10), isStolen]).toEqual([3, true]);
  });

  it('leaves it the lock where it has answered since', async () => {
    open = () => Promise.resolve(new Response(null, { status: 401 }));
    const ended = lead();
    // Its token is refused: it stands again after a pause, and pings meanwhile.
    await ended;
    await pings(10);
    await say(Date.now() + 1_000_000, { kind: 'here' });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(isStolen).toBe(false);
  });
});
