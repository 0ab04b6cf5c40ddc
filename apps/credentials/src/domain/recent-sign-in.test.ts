import { describe, expect, it } from '@jest/globals';
import { requireRecentSignIn } from './recent-sign-in.js';

const now = 1_800_000_000;
const policy = { maxAge: 900, clockTolerance: 30 };
const isRecent = (signedInAt: number | undefined, { maxAge, clockTolerance } = policy) => {
  try {
    requireRecentSignIn(signedInAt, now, { maxAge, clockTolerance });
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'unauthenticated' });
    return false;
  }
};

describe('a recent sign-in', () => {
  it('is no longer ago than the limit and the tolerance together', () => {
    expect(isRecent(now - 930)).toBe(true);
    expect(isRecent(now - 931)).toBe(false);
  });

  it('is not of the future, beyond the tolerance', () => {
    expect(isRecent(now + 30)).toBe(true);
    expect(isRecent(now * 1000)).toBe(false);
  });

  it('is at a known time', () => {
    expect(isRecent(undefined)).toBe(false);
    expect(isRecent(Number.NaN)).toBe(false);
  });

  it('is not asked for where there is no limit', () => {
    expect(isRecent(undefined, { ...policy, maxAge: 0 })).toBe(true);
  });
});
