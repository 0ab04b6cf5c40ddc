import { describe, expect, it } from '@jest/globals';
import { isEnded, ticketStatuses } from '#contracts';
import { phaseBeyondEnd, phaseFrom } from './phase.js';

const pairs = ticketStatuses.flatMap((from) => ticketStatuses.map((to) => [from, to] as const));

describe('the phase of a ticket', () => {
  it('is 0 for a ticket that begins live, and 1 for one that is first heard of as ended', () => {
    expect(phaseFrom(0, 'open')).toBe(0);
    expect(phaseFrom(0, 'closed')).toBe(1);
  });

  it.each(pairs)('from %s to %s is one more if the ticket ends or is reopened', (from, to) => {
    for (const phase of [0, 6].map((least) => phaseFrom(least, from)))
      expect(phaseFrom(phase, to)).toBe(isEnded(from) === isEnded(to) ? phase : phase + 1);
  });

  it.each([4, 5])('moves on by two where an end was overtaken, from %d', (phase) => {
    expect(phaseBeyondEnd(phase)).toBe(phase + 2);
  });
});
