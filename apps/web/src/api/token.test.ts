import { describe, expect, it } from '@jest/globals';
import { bearerOf } from './token.js';

const base64url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const tokenOf = (payload: object) => `e30.${base64url(JSON.stringify(payload))}.signature`;

describe('bearerOf', () => {
  it('reads who a token speaks for, in any script', () => {
    expect(bearerOf(tokenOf({ sub: 'Жора-ü-🔑', roles: ['agent', 7] }))).toEqual({ id: 'Жора-ü-🔑', roles: ['agent'] });
    expect(bearerOf(tokenOf({ sub: 'x' }))).toEqual({ id: 'x', roles: [] });
  });

  it('knows nobody where there is nothing to read', () => {
    for (const token of ['', 'a.b.c', 'opaque', tokenOf({ roles: [] }), tokenOf([1])]) expect(bearerOf(token)).toBeUndefined();
  });
});
