import { describe, expect, it } from '@jest/globals';
import {
  emptyDraft,
  isEmpty,
  missingIn,
  passwordRemark,
  toCredential,
  prefill,
} from './credential-draft.js';

describe('CredentialDraft', () => {
  it('a draft is sent exactly as typed, without its empty optional fields', () => {
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

  it('a draft needs a username and a password, and blanks are enough', () => {
    expect(missingIn(emptyDraft)).toEqual(['username', 'password']);
    expect(missingIn({ ...emptyDraft, username: ' ', password: ' ' })).toEqual([]);
  });

  it('a draft with nothing but an expiry counts as empty', () => {
    expect(isEmpty({ ...emptyDraft, expiresIn: '3600' })).toBe(true);
    expect(isEmpty({ ...emptyDraft, link: ' ' })).toBe(false);
  });

  it('given values fill only fields in which nothing was typed', () => {
    const draft = prefill(
      { ...emptyDraft, username: 'mine' },
      { username: 'theirs', password: 'p' },
    );
    expect(draft).toEqual({ ...emptyDraft, username: 'mine', password: 'p' });
  });
});

describe('passwordRemark', () => {
  it('line breaks and outer blanks of a password are pointed out', () => {
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
