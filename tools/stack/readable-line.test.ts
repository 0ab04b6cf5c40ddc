import { describe, expect, it } from '@jest/globals';
import { readableLine } from './readable-line.js';

describe('a line of a log', () => {
  it('is put into words when it is one of ours', () => {
    const line =
      '{"level":"warn","time":"2026-01-02T03:04:05.678Z","service":"tickets","event":"request","status":503,"route":"/v1/tickets"}';
    expect(readableLine(line)).toBe('03:04:05.678 warn request status=503 route=/v1/tickets');
  });

  it.each(['plain text', '{"not":"ours"}', '{half of one', ''])(
    'is left as it is otherwise: %j',
    (line) => {
      expect(readableLine(line)).toBe(line);
    },
  );
});
