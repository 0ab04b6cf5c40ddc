import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenTicket, refusal, ticketOf } from './open-context.fixture.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

let open: OpenTicket;
afterEach(() => {
  open.context.close();
});

it('an issuer that puts something new into each token does not make the page open its stream again and again', async () => {
  let given = 0;
  open = await OpenTicket.open(() => tokenOf({ sub: 'agent-1', uti: (given += 1) }));
  for (let time = 0; time < 5; time += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await open.tell('sync');
    await open.context.watch.refresh();
  }
  const times = (pattern: RegExp) => open.asked.filter((url) => pattern.test(url)).length;
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
  /** So many seconds pass, with the heartbeats of a stream that never ends. */
  const passInPeace = async (seconds: number) => {
    for (let past = 0; past < seconds; past += 5) {
      await open.stream?.write(new TextEncoder().encode(': heartbeat\n\n'));
      await pass(5);
    }
  };
  const looks = () => open.asked.filter((url) => url.endsWith('/T')).length;

  it('a page whose stream another tab holds notices that its own token has ended, once the issuer’s clock is past it too', async () => {
    const exp = Date.now() / 1000 + 200;
    open = await OpenTicket.open(tokenOf({ sub: 'agent-1', exp }));
    await pass(1);
    await open.tell('sync');
    await passInPeace(60);
    const before = looks();
    await passInPeace(130);
    expect(looks()).toBe(before);
    await passInPeace(20);
    expect([looks(), open.context.reveal.gone]).toEqual([before + 1, undefined]);
    open.ticket = refusal(401, 'unauthenticated');
    await passInPeace(30);
    const { reveal, watch } = open.context;
    expect([reveal.items, reveal.gone, watch.problem?.code]).toEqual([
      undefined,
      'hidden',
      'unauthenticated',
    ]);
  });

  it('a look that failed is repeated until one succeeds, though the stream tells of nothing more', async () => {
    open = await OpenTicket.open();
    await pass(1);
    open.ticket = () => Promise.reject(new TypeError('Failed to fetch'));
    await open.tell('sync');
    await passInPeace(30);
    expect([looks() > 2, open.context.watch.problem?.code]).toEqual([true, 'unreachable']);
    open.ticket = ticketOf('pending', 2);
    await passInPeace(60);
    const { ticket, problem } = open.context.watch;
    expect([ticket?.status, problem]).toEqual(['pending', undefined]);
    const after = looks();
    await passInPeace(120);
    expect(looks()).toBe(after);
  });

  it('an issuer that names the person anew in each token does not keep the page busy', async () => {
    let given = 0;
    const most = 200;
    open = await OpenTicket.open(() => {
      if (given >= most) throw new Error('too many');
      return tokenOf({ sub: `agent ${(given += 1)}` });
    });
    await pass(60);
    expect(given).toBeLessThan(most);
  });

  it('a page that was closed asks for nothing more, though an answer came afterwards with a receipt that is not signed yet', async () => {
    open = await OpenTicket.open();
    let answer: (response: Response) => void = () => undefined;
    open.receipts = () => new Promise((resolve) => (answer = resolve));
    const last = open.context.watch.refresh();
    await pass(0);
    open.context.close();
    answer(Response.json({ items: [{ jws: null }], nextCursor: null }));
    await last;
    const before = open.asked.length;
    await pass(10);
    expect(open.asked.length).toBe(before);
  });
});
