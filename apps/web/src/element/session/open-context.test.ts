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
      'the ticket is not there for them any more',
      'lost',
      () => (open.ticket = refusal(404, 'not-found')),
    ],
    [
      'they may not see any more what is shared',
      'lost',
      () => (open.credentials = refusal(403, 'forbidden')),
    ],
    ['their session is over', 'hidden', () => (open.ticket = refusal(401, 'unauthenticated'))],
    ['the ticket has ended', 'ended', () => (open.ticket = ticketOf('closed', 2))],
  ] as const)('goes where %s', async (_, why, happen) => {
    happen();
    await open.context.watch.refresh();
    expect([open.context.reveal.items, open.context.reveal.gone]).toEqual([undefined, why]);
  });

  it.each([
    ['kept for "back"', () => window, 'pagehide'],
    ['frozen', () => document, 'freeze'],
  ] as const)(
    'goes where the page is %s, since it does not hear then that its ticket ends',
    (_, target, type) => {
      target().dispatchEvent(new Event(type));
      expect([open.context.reveal.items, open.context.reveal.gone]).toEqual([undefined, 'hidden']);
    },
  );

  it('stays where only the connection is lost', async () => {
    open.ticket = () => Promise.reject(new TypeError('Failed to fetch'));
    await open.context.watch.refresh();
    expect([open.context.watch.problem?.code, open.context.reveal.items]).toEqual([
      'unreachable',
      [item],
    ]);
  });
});

it('who was refused is asked for again with another token, though the ticket is the same', async () => {
  open.credentials = refusal(403, 'forbidden');
  await open.context.watch.refresh();
  open.credentials = credentialsOf(item);
  open.context.watch.wake();
  await open.context.watch.refresh();
  expect([open.context.watch.granted, open.context.watch.credentials]).toEqual([true, [item]]);
});

it('what was asked before an event came does not undo it', async () => {
  const said: boolean[] = [];
  let letGo: (answer: Response) => void = () => undefined;
  open.ticket = () => new Promise((resolve) => (letGo = resolve));
  const refreshed = open.context.watch.refresh();
  const heard = new Promise<void>((resolve) => {
    open.context.watch.observe(() => {
      if (open.context.watch.ended) resolve();
      said.push(open.context.watch.ended);
    });
  });
  while (open.stream === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
  await open.tell('ticket', { status: 'resolved' });
  await heard;
  open.ticket = ticketOf('resolved', 2);
  letGo(ticketOf('open', 1)());
  await refreshed;
  expect([
    new Set(said.slice(said.indexOf(true))),
    open.told.filter((name) => name === 'pc-ended'),
  ]).toEqual([new Set([true]), ['pc-ended']]);
});

it('a copy is cleared after its ticket was left, once the window is in front', async () => {
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
