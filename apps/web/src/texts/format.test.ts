import { describe, expect, it } from '@jest/globals';
import { clock, Format, varietyOf } from './format.js';

const now = Date.parse('2026-11-25T12:00:00Z');
const after = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('Format', () => {
  it('a near time is relative, and a far one is a date', () => {
    const format = new Format('en-GB');
    const said = [0, -1, -59, -60, -119, 61, 24 * 60, -3 * 24 * 60].map((minutes) =>
      format.near(after(minutes), now),
    );
    expect(said).toEqual([
      'now',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '1 hour ago',
      'in 2 hours',
      'tomorrow',
      '3 days ago',
    ]);
    expect(format.near(after(14 * 24 * 60), now)).toMatch(/2026/);
  });

  it('times and lists are written in other languages too', () => {
    expect(new Format('de').near(after(-5), now)).toBe('vor 5 Minuten');
    expect(new Format('de').list(['a', 'b', 'c'])).toBe('a, b und c');
  });
});

it('a language takes the variety that its reader prefers, if there is one', () => {
  const readers = ['de-AT', 'en-GB', 'en-US'];
  expect(['en', 'en-US', 'fr'].map((language) => varietyOf(language, readers))).toEqual([
    'en-GB',
    'en-US',
    'fr',
  ]);
});

it('a clock shows minutes and seconds, and zero only at the end', () => {
  expect([0, 1, 999, 1001, 65_000, 3_600_000].map(clock)).toEqual([
    '0:00',
    '0:01',
    '0:01',
    '0:02',
    '1:05',
    '60:00',
  ]);
});
