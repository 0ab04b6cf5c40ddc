import { describe, expect, it } from '@jest/globals';
import { after, at, by, shown } from './mirror.fixture.js';
import { merge } from './mirror.js';
import { RefusedEventError } from './refused-event.js';

describe('refused is', () => {
  it.each([
    [
      'another home',
      by(1, 'open'),
      { ...by(2, 'closed'), source: '/eu-desk' },
      'the ticket belongs to another home',
    ],
    [
      'a time after versions',
      by(1, 'open'),
      at('2026-03-01T12:00:00.', 'closed'),
      'its home orders this ticket by version',
    ],
    [
      'a version after times',
      at('2026-03-01T12:00:00.', 'open'),
      by(9, 'closed'),
      'its home orders this ticket by time',
    ],
  ])('%s', (_name, first, second, rule) => {
    const known = after(first);
    expect(() => merge(known, second)).toThrow(new RefusedEventError(rule));
  });
});

describe('a home that orders by time', () => {
  it('may change a status twice within one tick of its clock without an end being lost', () => {
    const [open, resolved] = [
      at('2026-03-01T12:00:00.', 'open'),
      at('2026-03-01T12:00:00.', 'resolved'),
    ];
    expect(shown(after(open, resolved))).toEqual(['resolved', 2, 1]);
    expect(shown(after(resolved, open))).toEqual(['resolved', 1, 1]);
  });

  it('is heard to the last digit of its fractions', () => {
    expect(
      shown(
        after(
          at('2026-03-01T12:00:00.000002', 'open'),
          at('2026-03-01T12:00:00.0000021', 'closed'),
        ),
      ),
    ).toEqual(['closed', 2, 1]);
    expect(
      after(at('2026-03-01T12:00:00.000002', 'open'), at('2026-03-01T12:00:00.000001', 'pending'))
        .ticket.status,
    ).toBe('open');
  });
});
