import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { groupOf, saidBy } from './group.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

afterEach(() => {
  jest.restoreAllMocks();
});

const groupAt = (api: string, answer: () => Response): Promise<string> => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(answer()));
  return groupOf(api, 'token');
};
const me = (id: string, ...roles: string[]) =>
  groupAt('https://api.example', () => Response.json({ id, roles }));

describe('who shares a stream', () => {
  it('is one person with the same roles at the same API', async () => {
    const name = await me('a', 'agent', 'admin');
    expect(await me('a', 'admin', 'agent')).toBe(name);
    expect(await me('b', 'admin', 'agent')).not.toBe(name);
    expect(await me('a', 'admin')).not.toBe(name);
    const there = await groupAt('https://other.example', () =>
      Response.json({ id: 'a', roles: ['admin', 'agent'] }),
    );
    expect(there).not.toBe(name);
  });

  it('is nobody else where something between keeps back who it is', async () => {
    const page = () => groupAt('https://api.example', () => new Response('<!doctype html>'));
    expect(await page()).not.toBe(await page());
  });

  it.each([401, 429, 503])('is not known where the answer is %d', async (status) => {
    await expect(
      groupAt('https://api.example', () => new Response(null, { status })),
    ).rejects.toMatchObject({ status });
  });
});

it('a renewed token says the same, and one of another person or with another role does not', () => {
  const said = saidBy(tokenOf({ sub: 'a', roles: ['agent'], exp: 1, iat: 0, jti: 'x' }));
  expect(saidBy(tokenOf({ sub: 'a', roles: ['agent'], exp: 2, iat: 1, nbf: 1, jti: 'y' }))).toBe(
    said,
  );
  expect(saidBy(tokenOf({ sub: 'b', roles: ['agent'], exp: 1, iat: 0, jti: 'x' }))).not.toBe(said);
  expect(saidBy(tokenOf({ sub: 'a', roles: ['admin'], exp: 1, iat: 0, jti: 'x' }))).not.toBe(said);
});
