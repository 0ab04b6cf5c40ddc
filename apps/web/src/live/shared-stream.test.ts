import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type LeaderMessage } from './tab-messages.js';
import { type SharedStream } from './shared-stream.js';

/** Grants the lock that the tab waits for, as a browser would. */
let grantLock: () => Promise<unknown>;
/** Whether the last request for the lock would steal it. */
let isStolen: boolean;
const locks = {
  request: (_: string, options: LockOptions, take: (lock: object | null) => Promise<unknown>) => {
    if (options.ifAvailable) return take({});
    isStolen = options.steal === true;
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', reject);
      grantLock = () => take({}).then(resolve);
    });
  },
};
const document = { visibilityState: 'visible' };
for (const [name, value] of Object.entries({ navigator: { locks }, document }))
  Object.defineProperty(globalThis, name, { value });

/** Only the interval of pings is faked: messages between tabs take real time. */
const realTimers = ['Date', 'setTimeout', 'clearTimeout', 'setImmediate', 'nextTick'] as const;

let Stream: typeof SharedStream;
let stream: SharedStream;
/** The types of events, and for each gap whether it may last. */
let received: unknown[];
/** Whether the tab shows a secret. */
let isSecretShown: boolean;
/** Requests a stream; pending until it is aborted. */
let open: (signal: AbortSignal) => Promise<Response>;
/** The channel of another tab that leads, or believes so. */
let otherTab: BroadcastChannel;

beforeAll(async () => {
  ({ SharedStream: Stream } = await import('./shared-stream.js'));
});
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: [...realTimers] });
  received = [];
  isSecretShown = false;
  document.visibilityState = 'visible';
  open = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', reject);
    });
  otherTab = new BroadcastChannel('name');
  stream = new Stream({
    name: 'name',
    ticketId: 'T',
    open: (_, signal) => open(signal),
    onEvent: ({ type }) => received.push(type),
    onGap: (isLasting) => received.push(isLasting),
    isSecretShown: () => isSecretShown,
  });
  stream.start();
});
afterEach(() => {
  stream.stop();
  otherTab.close();
  jest.useRealTimers();
});

const broadcast = async (term: number, ...messages: LeaderMessage[]): Promise<void> => {
  for (const message of messages) otherTab.postMessage({ ...message, term });
  // Messages of one channel arrive in their order.
  await new Promise((resolve) => setTimeout(resolve, 20));
};
const event = (type: string, ticketId = 'T'): LeaderMessage => ({
  kind: 'event',
  event: { type, data: { ticketId } },
});

describe('a tab that follows', () => {
  it('a following tab receives the events of its ticket, gaps, and that the stream is full', async () => {
    await broadcast(1, { kind: 'ask' }, event('sync'), event('sync', 'another'));
    await broadcast(
      1,
      { kind: 'left-out', ticketId: 'another' },
      { kind: 'left-out', ticketId: 'T' },
    );
    await broadcast(1, { kind: 'lost', isLasting: false });
    expect(received).toEqual([false, 'sync', true, false]);
  });

  it('a following tab ignores a former leader that does not know yet that its lock was stolen', async () => {
    await broadcast(1, { kind: 'ask' }, event('sync'));
    await broadcast(2, { kind: 'ask' });
    await broadcast(1, event('sync'), { kind: 'ask' }, { kind: 'lost', isLasting: true });
    expect(received).toEqual([false, 'sync', false]);
    await broadcast(2, event('refused'));
    expect(received.at(-1)).toBe('refused');
  });
});

describe('a tab that leads', () => {
  it('a new leader has a greater term than the last, even if the clock was set back', async () => {
    const term = Date.now() + 1_000_000;
    await broadcast(term, { kind: 'ask' }, event('sync'));
    const said: unknown[] = [];
    otherTab.onmessage = ({ data }) => said.push(data);
    void grantLock();
    await broadcast(term, event('sync'));
    expect(said).toContainEqual({ kind: 'ask', term: term + 1 });
    expect(received).toEqual([false, 'sync', false]);
  });

  it('a leader that hears a greater term stops leading, and queues for the lock again', async () => {
    const signals: AbortSignal[] = [];
    const wait = open;
    open = (signal) => wait(signals[signals.push(signal) - 1] as AbortSignal);
    const ended = grantLock();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const term = Date.now() + 1_000_000;
    await broadcast(term, { kind: 'ask' }, event('sync'));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await ended;
    const said: { kind: string }[] = [];
    otherTab.onmessage = ({ data }: MessageEvent<{ kind: string }>) => said.push(data);
    otherTab.postMessage({ kind: 'ping' });
    await broadcast(term, event('ticket'));
    expect([said, received.at(-1)]).toEqual([[], 'ticket']);
    void grantLock();
    otherTab.postMessage({ kind: 'ping' });
    await broadcast(0);
    expect(said).toEqual([
      { kind: 'ask', term: term + 1 },
      { kind: 'want', from: expect.any(String), ticketId: 'T' },
      { kind: 'here', term: term + 1 },
    ]);
  });
});

describe('a tab with a silent leader', () => {
  const pings = async (seconds: number): Promise<number> => {
    let count = 0;
    otherTab.onmessage = ({ data }: MessageEvent<{ kind: string }>) => {
      if (data.kind === 'ping') count += 1;
    };
    jest.advanceTimersByTime(seconds * 1000);
    await broadcast(0);
    return count;
  };

  it('a tab steals the lock of a silent leader if it is visible or shows a secret', async () => {
    document.visibilityState = 'hidden';
    expect([await pings(60), isStolen]).toEqual([0, false]);
    isSecretShown = true;
    expect([await pings(10), isStolen]).toEqual([3, true]);
  });

  it('a tab does not steal the lock of a leader that has answered since', async () => {
    open = () => Promise.resolve(new Response(null, { status: 401 }));
    const ended = grantLock();
    // Its token is refused: it queues again after a pause, and pings meanwhile.
    await ended;
    await pings(10);
    await broadcast(Date.now() + 1_000_000, { kind: 'here' });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(isStolen).toBe(false);
  });
});
