import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { claimsOf } from '../api/token.js';
import { type Group, groupOf, saySame } from './group.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

afterEach(() => {
  jest.restoreAllMocks();
});

const groupAt = (api: string, answer: () => Response): Promise<Group> => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(answer()));
  return groupOf(api, () => tokenOf({ sub: 'a', uti: 'x' }));
};
const me = (id: string, ...roles: string[]) =>
  groupAt('https://api.example', () => Response.json({ id, roles }));

describe('who shares a stream', () => {
  it('is one person with the same roles at the same API', async () => {
    const { name, isAlone, claims } = await me('a', 'agent', 'admin');
    expect([isAlone, claims]).toEqual([false, { sub: 'a', uti: 'x' }]);
    expect((await me('a', 'admin', 'agent')).name).toBe(name);
    expect((await me('b', 'admin', 'agent')).name).not.toBe(name);
    expect((await me('a', 'admin')).name).not.toBe(name);
    const there = await groupAt('https://other.example', () =>
      Response.json({ id: 'a', roles: ['admin', 'agent'] }),
    );
    expect(there.name).not.toBe(name);
  });

  it('is nobody else where something between keeps back who it is', async () => {
    const page = () => groupAt('https://api.example', () => new Response('<!doctype html>'));
    const [one, other] = [await page(), await page()];
    expect(one.name).not.toBe(other.name);
    expect([one.isAlone, other.isAlone]).toEqual([true, true]);
  });

  it.each([401, 429, 503])('is not known where the answer is %d', async (status) => {
    await expect(
      groupAt('https://api.example', () => new Response(null, { status })),
    ).rejects.toMatchObject({ status });
  });
});

it.each([
  ['a renewed token', { roles: ['agent'], exp: 2, iat: 1, nbf: 1, jti: 'y' }, true],
  ['one with another role', { roles: ['admin'], exp: 1, iat: 0, jti: 'x' }, false],
  ['one with a name of its own for each', { roles: ['agent'], exp: 2, uti: 'y' }, false],
])('%s says the same, or something that has to be asked', (_, claims, isSame) => {
  const first = claimsOf(tokenOf({ sub: 'a', roles: ['agent'], exp: 1, iat: 0, jti: 'x' }));
  expect(saySame(first, claimsOf(tokenOf({ sub: 'a', ...claims })))).toBe(isSame);
});
