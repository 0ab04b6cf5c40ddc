import { describe, expect, it } from '@jest/globals';
import { printable, table } from './index.js';

describe('what others wrote', () => {
  it.each([
    ['colours and moves', '\u001b[2J\u001b]0;title\u0007', '\\u{1b}[2J\\u{1b}]0;title\\u{7}'],
    ['line breaks', 'a\r\nb\u2028c\u0085d', 'a\\u{d}\\u{a}b\\u{2028}c\\u{85}d'],
    [
      'turns of direction and what is not seen',
      '\u202eexe\u2066\u200b',
      '\\u{202e}exe\\u{2066}\\u{200b}',
    ],
    ['halves of characters', 'x\ud83d', 'x\\u{d83d}'],
  ])('cannot do anything in a terminal: %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each(['Grüße, 世界', '👍 100%', 'O\'Brien \\ "x"'])(
    'is left as it is otherwise: %s',
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );
});

it('a table has columns as wide as what stands in them', () => {
  expect(
    table(
      ['id', 'reason'],
      [
        ['a\tb', 'x'],
        ['c', 'a longer one'],
      ],
    ),
  ).toBe(['id       reason', 'a\\u{9}b  x', 'c        a longer one'].join('\n'));
});
