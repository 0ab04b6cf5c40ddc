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

describe('without a stream', () => {
  it('a visible tab polls at growing intervals, and at once when it is woken', async () => {
    listener = new TicketListener([]);
    await pass(60);
    const first = listener.polls;
    await pass(600);
    const later = (listener.polls - first) / 10;
    expect([first > 3, later <= 2.1, later >= 0.9]).toEqual([true, true, true]);
    const before = listener.polls;
    listener.live.wake();
    await settle();
    expect(listener.polls).toBe(before + 1);
  });

  it('a hidden tab does not poll, and does at once when it becomes visible', async () => {
    setVisibility('hidden');
    listener = new TicketListener([]);
    await pass(600);
    expect(listener.polls).toBe(0);
    setVisibility('visible');
    await settle();
    expect(listener.polls).toBe(1);
  });

  it('a tab that shows a secret polls every few seconds, visible or hidden', async () => {
    listener = new TicketListener([]);
    listener.isSecretShown = true;
    setVisibility('hidden');
    await pass(600);
    expect(listener.polls).toBeGreaterThanOrEqual(120);
  });

  it('a tab polls until the stream has answered for its ticket, however long the pause before the next attempt', async () => {
    const busy = new Response(null, { status: 429, headers: { 'retry-after': '60' } });
    const stream = openAnswer();
    listener = new TicketListener([() => busy, () => stream.response]);
    listener.isSecretShown = true;
    await pass(50);
    expect([listener.attempts, listener.polls]).toEqual([1, 10]);
    await pass(15);
    // The response has begun, and no event has come.
    expect(listener.connections).not.toContain('live');
    await stream.send('sync');
    await settle();
    expect(listener.connections).toContain('live');
    const before = listener.polls;
    await passWithHeartbeats(30, stream);
    expect([listener.attempts, listener.polls]).toEqual([2, before]);
  });

  it('a poll that fails is repeated until one succeeds, even while a stream is live', async () => {
    const stream = openAnswer();
    listener = new TicketListener([() => stream.response]);
    listener.pollSucceeds = false;
    await pass(1);
    await stream.send('sync');
    await passWithHeartbeats(60, stream);
    expect([listener.polls > 2, listener.connections]).toEqual([true, ['connecting', 'live']]);
    listener.pollSucceeds = true;
    await passWithHeartbeats(60, stream);
    const after = listener.polls;
    await passWithHeartbeats(300, stream);
    expect([listener.attempts, listener.polls]).toEqual([1, after]);
  });

  it('a group that could not be fetched is asked for again with each poll', async () => {
    let asked = 0;
    listener = new TicketListener([], () => Promise.reject(new Error(String((asked += 1)))));
    await pass(600);
    expect([listener.attempts, asked]).toEqual([0, listener.polls + 1]);
  });

  it('a stopped ticket sends no request any more', async () => {
    listener = new TicketListener([]);
    await pass(5);
    listener.live.stop();
    const before = [listener.attempts, listener.polls];
    await pass(60);
    expect([listener.attempts, listener.polls]).toEqual(before);
  });
});
