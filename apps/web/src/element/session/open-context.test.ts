import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RevealedCredential } from '../../api/client.js';
import { type Format } from '../../texts/format.js';
import { elementTexts } from '../../texts/en/element.js';
import { type openContext } from './open-context.js';

/**
 * The little of a browser that is needed here; a window that is not in front may
 * not write to the clipboard.
 */
let isInFront = true;
let copied = '';
const clipboard = {
  readText: () => Promise.resolve(copied),
  writeText: (text: string) =>
    isInFront ? Promise.resolve(void (copied = text)) : Promise.reject(new Error('not in front')),
};
const permissions = { query: () => Promise.resolve({ state: 'granted' }) };
const window = new EventTarget();
const document = Object.assign(new EventTarget(), {
  visibilityState: 'visible',
  hasFocus: () => isInFront,
});
for (const [name, value] of Object.entries({
  window,
  document,
  navigator: { clipboard, permissions },
}))
  Object.defineProperty(globalThis, name, { value });

const item = { id: 'a', number: 1, username: 'u', password: 'p' } as RevealedCredential;
const json = (body: unknown, status = 200) => Response.json(body, { status });
const refusal = (status: number, code: string) => () => json({ code, detail: '' }, status);

let open: typeof openContext;
let context: ReturnType<typeof openContext>;
let told: string[];
/** What the API says of the ticket. */
let ticket: () => Response | Promise<Response>;
let credentials: () => Response;
let stream: WritableStreamDefaultWriter<Uint8Array> | undefined;

function answerTo({ url }: Request): Response | Promise<Response> {
  if (url.endsWith('/me.json')) return json({ id: 'agent-1', roles: ['agent'] });
  if (url.includes('/v1/streams?')) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    stream = writable.getWriter();
    return new Response(readable);
  }
  if (url.endsWith('/T')) return ticket();
  return /credentials$/.test(url) ? credentials() : json({ items: [], nextCursor: null });
}

beforeAll(async () => {
  ({ openContext: open } = await import('./open-context.js'));
});
beforeEach(async () => {
  ticket = () => json({ id: 'T', status: 'open', version: 1 });
  credentials = () => json({ items: [item] });
  told = [];
  stream = undefined;
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async (request) => answerTo(request as Request));
  context = open(
    { ticketId: 'T', baseUrl: 'https://api.example', token: 'token' },
    {
      texts: elementTexts,
      format: {} as Format,
      seconds: { reveal: 300, clipboard: 45 },
      announce: () => undefined,
      tell: (name) => void told.push(name),
    },
  );
  context.watch.start();
  await context.watch.refresh();
  context.reveal.show([item], 300);
});
afterEach(() => {
  context.close();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('what was revealed', () => {
  it.each([
    [
      'the ticket is not there for them any more',
      'lost',
      () => (ticket = refusal(404, 'not-found')),
    ],
    [
      'they may not see any more what is shared',
      'lost',
      () => (credentials = refusal(403, 'forbidden')),
    ],
    ['their session is over', 'hidden', () => (ticket = refusal(401, 'unauthenticated'))],
    [
      'the ticket has ended',
      'ended',
      () => (ticket = () => json({ id: 'T', status: 'closed', version: 2 })),
    ],
  ] as const)('goes where %s', async (_, why, happen) => {
    happen();
    await context.watch.refresh();
    expect([context.reveal.items, context.reveal.gone]).toEqual([undefined, why]);
  });

  it.each([
    ['kept for "back"', window, 'pagehide'],
    ['frozen', document, 'freeze'],
  ] as const)(
    'goes where the page is %s, since it does not hear then that its ticket ends',
    (_, target, type) => {
      target.dispatchEvent(new Event(type));
      expect([context.reveal.items, context.reveal.gone]).toEqual([undefined, 'hidden']);
    },
  );

  it('stays where only the connection is lost', async () => {
    ticket = () => Promise.reject(new TypeError('Failed to fetch'));
    await context.watch.refresh();
    expect([context.watch.problem?.code, context.reveal.items]).toEqual(['unreachable', [item]]);
  });
});

it('who was refused is asked for again with another token, though the ticket is the same', async () => {
  credentials = refusal(403, 'forbidden');
  await context.watch.refresh();
  credentials = () => json({ items: [item] });
  context.watch.wake();
  await context.watch.refresh();
  expect([context.watch.granted, context.watch.credentials]).toEqual([true, [item]]);
});

it('what was asked before an event came does not undo it', async () => {
  const said: boolean[] = [];
  let letGo: (answer: Response) => void = () => undefined;
  ticket = () => new Promise((resolve) => (letGo = resolve));
  const refreshed = context.watch.refresh();
  const heard = new Promise<void>((resolve) => {
    context.watch.observe(() => {
      if (context.watch.ended) resolve();
      said.push(context.watch.ended);
    });
  });
  while (stream === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  await stream.write(
    new TextEncoder().encode('event: ticket\ndata: {"ticketId":"T","status":"resolved"}\n\n'),
  );
  await heard;
  ticket = () => json({ id: 'T', status: 'resolved', version: 2 });
  letGo(json({ id: 'T', status: 'open', version: 1 }));
  await refreshed;
  expect([
    new Set(said.slice(said.indexOf(true))),
    told.filter((name) => name === 'pc-ended'),
  ]).toEqual([new Set([true]), ['pc-ended']]);
});

it('a copy is cleared after its ticket was left, once the window is in front', async () => {
  jest.useFakeTimers();
  await context.clipboard.copy('secret', 45, () => undefined);
  context.close();
  isInFront = false;
  await jest.advanceTimersByTimeAsync(45_000);
  expect(copied).toBe('secret');
  isInFront = true;
  window.dispatchEvent(new Event('focus'));
  await jest.advanceTimersByTimeAsync(0);
  expect(copied).toBe('');
});
