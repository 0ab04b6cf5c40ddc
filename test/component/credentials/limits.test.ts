import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { withConnection } from '#postgres';
import { SharedCounter } from '../../../apps/credentials/src/limits/shared-counter.js';
import { purgeCounts } from '../../../apps/credentials/src/persistence/rate-limits.js';
import { withClockOff } from '../../support/clock-off.js';
import { type CredentialsUnderTest, newTicket, secret, startCredentials } from './harness.js';

const seconds = 60;
let service: CredentialsUnderTest;
beforeAll(async () => {
  service = await startCredentials({ limits: { reveals: 60, submits: 2 } });
});
afterEach(() => service.database.query('DELETE FROM rate_limit'));
afterAll(() => service.stop());

const count = (key = 'ann') =>
  withConnection({ url: service.database.serviceUrl }, (sql) =>
    new SharedCounter(sql, 'submits', seconds).count(key),
  );

/** Milliseconds from now until the window of a key ends, by the clock of the database. */
async function stored(key: string): Promise<number> {
  const statement = `
    SELECT (expire - extract(epoch FROM clock_timestamp()) * 1000)::float AS "leftMs"
    FROM rate_limit
    WHERE key = $1`;
  return (await service.database.query<{ leftMs: number }>(statement, [`submits:${key}`]))[0]!
    .leftMs;
}

/** What an earlier release, or an earlier minute, has left. */
const leave = (points: number, expire: string) =>
  service.database.query(`INSERT INTO rate_limit VALUES ('submits:ann', $1, ${expire})`, [points]);
const inMs = (ms: number) => `extract(epoch FROM clock_timestamp()) * 1000 + ${ms}`;

describe('a window', () => {
  it.each([5, -5])(
    'is shared by replicas of which one has a clock that is %s minutes off',
    async (minutes) => {
      const counts = [await count(), await withClockOff(minutes, () => count()), await count()];
      expect(counts.map(({ points }) => points)).toEqual([1, 2, 3]);
      await withClockOff(minutes, () => count('bob'));
      for (const leftMs of [
        await stored('ann'),
        await stored('bob'),
        ...counts.map((one) => one.leftMs),
      ]) {
        expect(leftMs).toBeGreaterThan(0);
        expect(leftMs).toBeLessThanOrEqual(seconds * 1000);
      }
    },
  );

  it('loses none of those who count at the same moment, when it is over too', async () => {
    await leave(7, inMs(-1));
    const counts = await Promise.all(Array.from({ length: 10 }, () => count()));
    expect(counts.map(({ points }) => points).sort((one, other) => one - other)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it('is no longer for an end that an earlier release has left, by a clock that was ahead', async () => {
    await leave(7, inMs(6 * 60_000));
    const { points, leftMs } = await count();
    expect([points, leftMs <= seconds * 1000]).toEqual([8, true]);
  });

  it('begins anew where none has an end', async () => {
    await leave(7, 'NULL');
    expect(await count()).toMatchObject({ points: 1 });
  });
});

it('a call beyond the limit is 429, and says when to come again', async () => {
  const { path } = newTicket(service);
  const submit = () => service.call('customer-1', 'POST', path, secret);
  expect([(await submit()).status, (await submit()).status]).toEqual([201, 201]);
  const { status, headers, body } = await submit();
  expect([status, body.code]).toEqual([429, 'rate-limited']);
  const retryAfter = Number(headers.get('retry-after'));
  expect([retryAfter >= 1, retryAfter <= seconds]).toEqual([true, true]);
});

it('counts per actor go when their time is over: nobody is kept for having called once', async () => {
  await service.call('customer-1', 'POST', newTicket(service).path, secret);
  await service.database.query(
    `INSERT INTO rate_limit VALUES ('reveals:long-gone', 1, ${inMs(-1_000)})`,
  );
  await withConnection({ url: service.database.serviceUrl }, (sql) => purgeCounts(sql));
  expect(await service.database.query('SELECT key FROM rate_limit')).toEqual([
    { key: 'submits:customer-1' },
  ]);
});
