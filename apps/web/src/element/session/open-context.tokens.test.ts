import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenTicket, refusal, ticketOf } from './open-context.fixture.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

let open: OpenTicket;
afterEach(() => {
  open.context.close();
});

it('a stream is not reopened for an issuer that puts a new claim into each token', async () => {
  let given = 0;
  open = await OpenTicket.open(() => tokenOf({ sub: 'agent-1', uti: (given += 1) }));
  for (let time = 0; time < 5; time += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await open.send('sync');
    await open.context.watch.refresh();
  }
  const times = (pattern: RegExp) => open.requested.filter((url) => pattern.test(url)).length;
  expect([times(/streams/), times(/me\.json/)]).toEqual([1, 2]);
});

describe('as time passes', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);
  /** Lets time pass with the heartbeats of a stream that never ends. */
  const passWithHeartbeats = async (seconds: number) => {
    for (let past = 0; past < seconds; past += 5) {
      await open.stream?.write(new TextEncoder().encode(': heartbeat\n\n'));
      await pass(5);
    }
  };
  const polls = () => open.requested.filter((url) => url.endsWith('/T')).length;

  it('a page whose stream another tab holds notices the end of its own token, once the services refuse it', async () => {
    const exp = Date.now() / 1000 + 200;
    open = await OpenTicket.open(tokenOf({ sub: 'agent-1', exp }));
    await pass(1);
    await open.send('sync');
    await passWithHeartbeats(60);
    const before = polls();
    await passWithHeartbeats(130);
    expect(polls()).toBe(before);
    await passWithHeartbeats(20);
    expect([polls(), open.context.reveal.wipeReason]).toEqual([before + 1, undefined]);
    open.ticket = refusal(401, 'unauthenticated');
    await passWithHeartbeats(30);
    const { reveal, watch } = open.context;
    expect([reveal.items, reveal.wipeReason, watch.problem?.code]).toEqual([
      undefined,
      'hidden',
      'unauthenticated',
    ]);
  });

  it('a fetch that failed is repeated until one succeeds, although no event comes', async () => {
    open = await OpenTicket.open();
    await pass(1);
    open.ticket = () => Promise.reject(new TypeError('Failed to fetch'));
    await open.send('sync');
    await passWithHeartbeats(30);
    expect([polls() > 2, open.context.watch.problem?.code]).toEqual([true, 'unreachable']);
    open.ticket = ticketOf('pending', 2);
    await passWithHeartbeats(60);
    const { ticket, problem } = open.context.watch;
    expect([ticket?.status, problem]).toEqual(['pending', undefined]);
    const after = polls();
    await passWithHeartbeats(120);
    expect(polls()).toBe(after);
  });

  it('an issuer that renames the person in each token causes no endless requests', async () => {
    let given = 0;
    const most = 200;
    open = await OpenTicket.open(() => {
      if (given >= most) throw new Error('too many');
      return tokenOf({ sub: `agent ${(given += 1)}` });
    });
    await pass(60);
    expect(given).toBeLessThan(most);
  });

  it('a closed page sends no request any more, even if a late answer has an unsigned receipt', async () => {
    open = await OpenTicket.open();
    let answer: (response: Response) => void = () => undefined;
    open.receipts = () => new Promise((resolve) => (answer = resolve));
    const last = open.context.watch.refresh();
    await pass(0);
    open.context.close();
    answer(Response.json({ items: [{ jws: null }], nextCursor: null }));
    await last;
    const before = open.requested.length;
    await pass(10);
    expect(open.requested.length).toBe(before);
  });
});
