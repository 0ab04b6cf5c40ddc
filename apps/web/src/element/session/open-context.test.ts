import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  browser,
  credentialsOf,
  item,
  OpenTicket,
  refusal,
  ticketOf,
} from './open-context.fixture.js';

let open: OpenTicket;
beforeEach(async () => {
  open = await OpenTicket.open();
});
afterEach(() => {
  open.context.close();
  jest.useRealTimers();
});

describe('what was revealed', () => {
  it.each([
    [
      'the person may not see the ticket any more',
      'lost',
      () => (open.ticket = refusal(404, 'not-found')),
    ],
    [
      'the person may not see any more what is shared',
      'lost',
      () => (open.credentials = refusal(403, 'forbidden')),
    ],
    ['the session is over', 'hidden', () => (open.ticket = refusal(401, 'unauthenticated'))],
    ['the ticket has ended', 'ended', () => (open.ticket = ticketOf('closed', 2))],
  ] as const)('a reveal is wiped if %s', async (_, why, happen) => {
    happen();
    await open.context.watch.refresh();
    expect([open.context.reveal.items, open.context.reveal.wipeReason]).toEqual([undefined, why]);
  });

  it.each([
    ['put into the back/forward cache', () => window, 'pagehide'],
    ['frozen', () => document, 'freeze'],
  ] as const)(
    'a reveal is wiped if the page is %s, since it would not notice an end',
    (_, target, type) => {
      target().dispatchEvent(new Event(type));
      expect([open.context.reveal.items, open.context.reveal.wipeReason]).toEqual([
        undefined,
        'hidden',
      ]);
    },
  );

  it('a reveal stays if only the connection is lost', async () => {
    open.ticket = () => Promise.reject(new TypeError('Failed to fetch'));
    await open.context.watch.refresh();
    expect([open.context.watch.problem?.code, open.context.reveal.items]).toEqual([
      'unreachable',
      [item],
    ]);
  });
});

it('a refusal is checked again with another token, although the ticket has not changed', async () => {
  open.credentials = refusal(403, 'forbidden');
  await open.context.watch.refresh();
  open.credentials = credentialsOf(item);
  open.context.watch.wake();
  await open.context.watch.refresh();
  expect([open.context.watch.granted, open.context.watch.credentials]).toEqual([true, [item]]);
});

it('an answer to a request that was sent before an event does not undo the event', async () => {
  const observed: boolean[] = [];
  let release: (answer: Response) => void = () => undefined;
  open.ticket = () => new Promise((resolve) => (release = resolve));
  const refreshed = open.context.watch.refresh();
  const isEnded = new Promise<void>((resolve) => {
    open.context.watch.observe(() => {
      if (open.context.watch.ended) resolve();
      observed.push(open.context.watch.ended);
    });
  });
  while (open.stream === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  await open.send('ticket', { status: 'resolved' });
  await isEnded;
  open.ticket = ticketOf('resolved', 2);
  release(ticketOf('open', 1)());
  await refreshed;
  expect([
    new Set(observed.slice(observed.indexOf(true))),
    open.emitted.filter((name) => name === 'pc-ended'),
  ]).toEqual([new Set([true]), ['pc-ended']]);
});

it('a copy whose ticket was left is cleared once the window has the focus', async () => {
  jest.useFakeTimers();
  await open.context.clipboard.copy('secret', 45, () => undefined);
  open.context.close();
  browser.isInFront = false;
  await jest.advanceTimersByTimeAsync(45_000);
  expect(browser.copied).toBe('secret');
  browser.isInFront = true;
  window.dispatchEvent(new Event('focus'));
  await jest.advanceTimersByTimeAsync(0);
  expect(browser.copied).toBe('');
});
