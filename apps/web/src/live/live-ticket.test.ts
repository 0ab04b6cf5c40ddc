import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TicketListener, openAnswer, setVisibility } from './live-ticket.fixture.js';

const settle = () => jest.advanceTimersByTimeAsync(0);
const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

/** Lets time pass with heartbeats and no event. */
async function passWithHeartbeats(
  seconds: number,
  { sendHeartbeat }: ReturnType<typeof openAnswer>,
): Promise<void> {
  for (let past = 0; past < seconds; past += 15) {
    await sendHeartbeat();
    await pass(15);
  }
}

let listener: TicketListener;
beforeEach(() => {
  jest.useFakeTimers();
  setVisibility('visible');
});
afterEach(() => {
  listener.live.stop();
  jest.useRealTimers();
});

describe('a stream', () => {
  it('a stream delivers the events of its ticket alone, and everything is fetched after a sync', async () => {
    const stream = openAnswer();
    listener = new TicketListener([() => stream.response]);
    await pass(1);
    for (const [type, ticketId] of [['sync'], ['ticket', 'another'], ['ticket']] as const)
      await stream.send(type, ticketId);
    await settle();
    expect([listener.events, listener.polls, listener.connections]).toEqual([
      ['ticket'],
      1,
      ['connecting', 'live'],
    ]);
  });

  it('a stream that breaks is reopened, and everything is fetched at once', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new TicketListener([() => first.response, () => second.response]);
    await pass(1);
    await first.send('sync');
    await settle();
    first.break();
    await settle();
    expect(listener.polls).toBe(2);
    await pass(1);
    await second.send('sync');
    await second.send('credential.revealed');
    await settle();
    expect([listener.events, listener.connections]).toEqual([
      ['credential.revealed'],
      ['connecting', 'live', 'polling', 'live'],
    ]);
  });

  it('a stream that ends with its token is reopened, and then everything is fetched once', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new TicketListener([() => first.response, () => second.response]);
    await pass(1);
    await first.send('sync');
    await passWithHeartbeats(60, first);
    await first.end();
    await pass(1);
    await second.send('sync');
    await settle();
    expect([listener.polls, listener.connections]).toEqual([2, ['connecting', 'live', 'live']]);
  });

  it('a stream that lasted is reopened soon after it broke, however often that happens', async () => {
    const streams = Array.from({ length: 9 }, () => openAnswer());
    listener = new TicketListener(streams.map((stream) => () => stream.response));
    await pass(1);
    for (const stream of streams.slice(0, 8)) {
      await pass(6);
      stream.break();
      await pass(1);
    }
    expect(listener.attempts).toBe(9);
  });

  it('a stream without heartbeats is reopened', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new TicketListener([() => first.response, () => second.response]);
    await pass(1);
    await first.send('sync');
    await pass(45);
    expect(listener.attempts).toBe(2);
  });

  it('a stream that refuses the ticket is kept without polling, since it announces when that changes', async () => {
    const stream = openAnswer();
    listener = new TicketListener([() => stream.response]);
    await pass(1);
    await stream.send('refused');
    await passWithHeartbeats(600, stream);
    expect([listener.polls, listener.connections, listener.live.isPermitted]).toEqual([
      1,
      ['connecting', 'polling'],
      false,
    ]);
  });

  it('a page in the back/forward cache has no stream, and reopens it when it is shown again', async () => {
    const [first, second] = [openAnswer(), openAnswer()];
    listener = new TicketListener([() => first.response, () => second.response]);
    await pass(1);
    await first.send('sync');
    await settle();
    window.dispatchEvent(new Event('pagehide'));
    await pass(2);
    expect(listener.attempts).toBe(1);
    window.dispatchEvent(new Event('pageshow'));
    await pass(1);
    expect([listener.attempts, listener.polls]).toEqual([2, 2]);
  });
});
