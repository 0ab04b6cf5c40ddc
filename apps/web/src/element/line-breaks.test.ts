import { describe, expect, it } from '@jest/globals';
import { keepLineBreaks, splice } from './line-breaks.js';

/**
 * What a field does with a text
 * (https://html.spec.whatwg.org/multipage/form-elements.html#concept-textarea-api-value).
 */
const shown = (text: string) => text.replaceAll(/\r\n?/g, '\n');

describe('keepLineBreaks', () => {
  it('an unchanged text keeps all its line breaks', () => {
    for (const text of ['', 'a', 'a\r\nb', '\r\n\n\r\r\n', '\n\r\r', 'a\rb\nc\r\nd🔑'])
      expect(keepLineBreaks(text, shown(text))).toBe(text);
  });

  it('an edit keeps the line breaks around it, and new ones are like them', () => {
    expect(keepLineBreaks('a\r\nb\rc\n', 'a\nbx\nc\n')).toBe('a\r\nbx\rc\n');
    expect(keepLineBreaks('a\r\nb', 'a\nb\nc')).toBe('a\r\nb\r\nc');
    expect(keepLineBreaks('a\r\n\r\nb', 'a\nb')).toBe('a\r\nb');
    expect(keepLineBreaks('a\r\nb', '')).toBe('');
    expect(keepLineBreaks('a\nb', 'a\nb\nc')).toBe('a\nb\nc');
    expect(keepLineBreaks('', 'a\nb')).toBe('a\nb');
  });
});

it('splice counts positions as a field does, and inserts a text unchanged', () => {
  expect(splice('a\r\nb\r\nc', 2, 3, 'x\r\ny\n')).toBe('a\r\nx\r\ny\n\r\nc');
  expect(splice('', 0, 0, '\r\n')).toBe('\r\n');
});
