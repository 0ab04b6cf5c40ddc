import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sortableTime } from './sortable-time.js';

describe('sortableTime', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.'],
    ['2026-03-01t12:00:00z', '2026-03-01T12:00:00.'],
    ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00.'],
    ['2026-03-01T12:00:00.120+00:00', '2026-03-01T12:00:00.12'],
    ['2026-03-01T00:30:00.000001+01:00', '2026-02-28T23:30:00.000001'],
    ['2026-12-31T23:59:00-00:30', '2027-01-01T00:29:00.'],
    ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:60.5'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.'],
  ])('writes %s as %s', (text, written) => {
    expect(sortableTime(text)).toBe(written);
  });

  it('keeps the order of what is finer than a millisecond', () => {
    const times = [
      '12:00:00Z',
      '12:00:00.0000001Z',
      '12:00:00.000001Z',
      '12:00:00.00001Z',
      '13:00:00.0001+01:00',
      '12:00:00.1Z',
      '12:00:01Z',
    ];
    const written = times.map((time) => sortableTime(`2026-03-01T${time}`));
    expect([...written].sort()).toEqual(written);
    expect(new Set(written).size).toBe(times.length);
  });

  it('orders any two moments as the clock does, whatever offsets they are written with', () => {
    const offset = fc.integer({ min: -23 * 60, max: 23 * 60 });
    const moment = fc.date({
      min: new Date('1970-01-02T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const written = (date: Date, minutes: number) =>
      sortableTime(
        new Date(date.getTime() + minutes * 60_000).toISOString().replace('Z', zone(minutes)),
      );
    fc.assert(
      fc.property(moment, offset, moment, offset, (a, atA, b, atB) => {
        const [first, second] = [written(a, atA)!, written(b, atB)!];
        expect(first < second).toBe(a < b);
        expect(first === second).toBe(a.getTime() === b.getTime());
      }),
    );
  });

  it.each([
    '',
    'yesterday',
    '2026-03-01',
    '2026-03-01 12:00:00Z',
    '2026-03-01T12:00:00',
    '2026-03-01T12:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T12:60:00Z',
    '2026-03-01T12:00:61Z',
    '2026-03-01T12:00:00.Z',
    '2026-03-01T12:00:00,5Z',
    '2026-03-01T12:00:00+25:00',
    '2026-02-29T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '12026-03-01T12:00:00Z',
    '9999-12-31T23:59:00-01:00',
    '0000-01-01T00:00:00+01:00',
    `2026-03-01T12:00:00.${'1'.repeat(41)}Z`,
    ' 2026-03-01T12:00:00Z',
    '2026-03-01T12:00:00Z\n',
  ])('knows that %j is none', (text) => {
    expect(sortableTime(text)).toBeUndefined();
  });
});

function zone(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
