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

describe('the texts of the element', () => {
  it('are complete in every language', () => {
    expect(paths(german).sort()).toEqual(paths(english).sort());
  });

  it('may be replaced one by one', () => {
    const texts = textsWith({ share: { submit: 'Send it' }, close: 'Shut' });
    expect([texts.share.submit, texts.close]).toEqual(['Send it', 'Shut']);
    expect([texts.share.username, texts.agent]).toEqual([english.share.username, english.agent]);
  });
});
