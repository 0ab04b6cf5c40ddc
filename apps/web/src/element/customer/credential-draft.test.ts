import { describe, expect, it } from '@jest/globals';
import {
  emptyDraft,
  isEmpty,
  missingIn,
  passwordRemark,
  toCredential,
  prefill,
} from './credential-draft.js';

describe('a draft', () => {
  it('is sent exactly as it was typed, without what was left empty', () => {
    const typed = {
      ...emptyDraft,
      username: ' a ',
      password: '\t p\u00a0',
      additionalInformation: '\n',
    };
    expect(toCredential(typed)).toEqual({
      username: ' a ',
      password: '\t p\u00a0',
      additionalInformation: '\n',
    });
    expect(toCredential({ ...typed, link: 'https://x', expiresIn: '3600' })).toMatchObject({
      link: 'https://x',
      expiresIn: 3600,
    });
  });

  it('needs a user name and a password, of whatever they are made', () => {
    expect(missingIn(emptyDraft)).toEqual(['username', 'password']);
    expect(missingIn({ ...emptyDraft, username: ' ', password: ' ' })).toEqual([]);
  });

  it('is empty as long as only its expiry was chosen', () => {
    expect(isEmpty({ ...emptyDraft, expiresIn: '3600' })).toBe(true);
    expect(isEmpty({ ...emptyDraft, link: ' ' })).toBe(false);
  });

  it('takes what it is given where nothing was typed', () => {
    const draft = prefill(
      { ...emptyDraft, username: 'mine' },
      { username: 'theirs', password: 'p' },
    );
    expect(draft).toEqual({ ...emptyDraft, username: 'mine', password: 'p' });
  });
});

describe('remarkOn', () => {
  it('points at what its owner cannot see', () => {
    expect(['p', 'p q', ' p', 'p\u00a0', 'p\nq', 'p\r\n'].map(passwordRemark)).toEqual([
      undefined,
      undefined,
      'blanks',
      'blanks',
      'lines',
      'lines',
    ]);
  });
});
