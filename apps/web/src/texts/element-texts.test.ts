import { describe, expect, it } from '@jest/globals';
import german from './de/element.js';
import { textsWith } from './element-texts.js';
import { elementTexts as english } from './en/element.js';

/** Every text by its path. */
function paths(texts: object, above = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'object' ? paths(text as object, `${above}${name}.`) : [`${above}${name}`],
  );
}

describe('element texts', () => {
  it('every language has every text', () => {
    expect(paths(german).sort()).toEqual(paths(english).sort());
  });

  it('a known fault of a field is said in the language of the page', () => {
    const { fault } = german.share;
    expect(fault('Link', 'must be an absolute http or https URL', 'link')).toMatch(
      /^Link muss eine vollständige Adresse/,
    );
    expect(fault('Link', 'must be something new', 'new')).toBe(
      'Link passt so nicht (must be something new).',
    );
    expect(english.share.fault('Link', 'must be something new', 'new')).toBe(
      'Link must be something new.',
    );
  });

  it('a host page may replace single texts', () => {
    const texts = textsWith({ share: { submit: 'Send it' }, close: 'Shut' });
    expect([texts.share.submit, texts.close]).toEqual(['Send it', 'Shut']);
    expect([texts.share.username, texts.agent]).toEqual([english.share.username, english.agent]);
  });
});
