import { expect, it } from '@jest/globals';
import { missingAsRefused } from './missing-as-refused.js';

const given = (token: () => Promise<string>) => (missingAsRefused(token) as typeof token)();

it('a token that cannot be had counts as refused, so that another tab opens the stream', async () => {
  expect(await given(() => Promise.resolve('token'))).toBe('token');
  await expect(given(() => Promise.reject(new TypeError('Failed to fetch')))).rejects.toMatchObject(
    { status: 401 },
  );
});
