import { describe, expect, it } from '@jest/globals';
import { claimsOf } from './token.js';

const base64url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const tokenOf = (payload: object) => `e30.${base64url(JSON.stringify(payload))}.signature`;

describe('claimsOf', () => {
  it('the claims of a token are read in any script', () => {
    const claims = { sub: 'Жора-ü-🔑', roles: ['agent', 7] };
    expect(claimsOf(tokenOf(claims))).toEqual(claims);
  });

  it('a token without a subject, or that is no JWT, has no claims', () => {
    for (const token of ['', 'a.b.c', 'opaque', tokenOf({ roles: [] }), tokenOf([1])])
      expect(claimsOf(token)).toBeUndefined();
  });
});
