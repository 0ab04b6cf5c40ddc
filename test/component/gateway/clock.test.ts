import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withClockOff } from '../../support/clock-off.js';
import { startGateway } from './gateway.fixture.js';

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway({ AUTH_CLOCK_TOLERANCE_SECONDS: '60' });
});
afterAll(() => gateway.close());

/** The clocks of the services behind it stay right, whatever is done to ours. */
function fixOwners(tickets: number, credentials = tickets): void {
  gateway.tickets.headers = { date: new Date(tickets).toUTCString() };
  gateway.credentials.headers = { date: new Date(credentials).toUTCString() };
}

async function answers(): Promise<{ readonly ready: unknown; readonly status: number }> {
  const { checks } = (await (await fetch(`${gateway.url}/readyz`)).json()) as {
    checks: Record<string, string>;
  };
  const { status } = await fetch(`${gateway.url}/v1/tickets`, {
    headers: await gateway.bearer('alice', 'customer'),
  });
  return { ready: checks['clock'], status };
}

it('a gateway whose clock differs from those of all services behind it is not ready, and judges no token', async () => {
  fixOwners(Date.now());
  expect(await answers()).toEqual({ ready: 'ok', status: 200 });
  for (const minutes of [3, -3])
    await withClockOff(minutes, async () => {
      expect(await answers()).toEqual({ ready: 'failed', status: 503 });
    });
  fixOwners(Date.now());
  expect(await answers()).toEqual({ ready: 'ok', status: 200 });
});

it('a gateway whose clock agrees with that of any service behind it judges tokens', async () => {
  const now = Date.now();
  fixOwners(now, now + 180_000);
  await withClockOff(3, async () => {
    expect(await answers()).toEqual({ ready: 'ok', status: 200 });
  });
  fixOwners(now - 180_000, Date.now());
  await withClockOff(0, async () => {
    expect(await answers()).toEqual({ ready: 'ok', status: 200 });
  });
});
