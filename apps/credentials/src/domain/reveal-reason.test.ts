import { describe, expect, it } from '@jest/globals';
import { RevealReason } from './reveal-reason.js';

describe('the reason of a reveal', () => {
  it('may be left out where it is optional', () => {
    const reason = new RevealReason('optional');
    expect(reason.of(undefined)).toBeNull();
    expect(reason.of('to see the error')).toBe('to see the error');
  });

  it('must say something where it is required', () => {
    const reason = new RevealReason('required');
    expect(reason.of('to see the error')).toBe('to see the error');
    for (const nothing of [undefined, null, '', ' \n'])
      expect(() => reason.of(nothing)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
