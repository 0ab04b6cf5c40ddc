import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { claimsOf } from '../api/token.js';
import { type SharingGroup, fetchGroup, grantSame } from './group.js';

const tokenOf = (claims: object) => `e30.${btoa(JSON.stringify(claims))}.c2ln`;

afterEach(() => {
  jest.restoreAllMocks();
});

const groupAt = (api: string, answer: () => Response): Promise<SharingGroup> => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(answer()));
  return fetchGroup(api, () => tokenOf({ sub: 'a', uti: 'x' }));
};
const me = (id: string, ...roles: string[]) =>
  groupAt('https://api.example', () => Response.json({ id, roles }));

describe('the group that shares a stream', () => {
  it('tabs share a stream if person, roles and API are the same, and only then', async () => {
    const { name, isUnknown, claims } = await me('a', 'agent', 'admin');
    expect([isUnknown, claims]).toEqual([false, { sub: 'a', uti: 'x' }]);
    expect((await me('a', 'admin', 'agent')).name).toBe(name);
    expect((await me('b', 'admin', 'agent')).name).not.toBe(name);
    expect((await me('a', 'admin')).name).not.toBe(name);
    const there = await groupAt('https://other.example', () =>
      Response.json({ id: 'a', roles: ['admin', 'agent'] }),
    );
    expect(there.name).not.toBe(name);
  });

  it('a tab shares with nobody if a proxy replaces the answer that says who it is', async () => {
    const page = () => groupAt('https://api.example', () => new Response('<!doctype html>'));
    const [one, other] = [await page(), await page()];
    expect(one.name).not.toBe(other.name);
    expect([one.isUnknown, other.isUnknown]).toEqual([true, true]);
  });

  it.each([401, 429, 503])('the group is not known if the answer is %d', async (status) => {
    await expect(
      groupAt('https://api.example', () => new Response(null, { status })),
    ).rejects.toMatchObject({ status });
  });
});

it.each([
  ['a renewed token', { roles: ['agent'], exp: 2, iat: 1, nbf: 1, jti: 'y' }, true],
  ['one with another role', { roles: ['admin'], exp: 1, iat: 0, jti: 'x' }, false],
  ['one with a name of its own for each', { roles: ['agent'], exp: 2, uti: 'y' }, false],
])(
  'whether %s needs a new question to the gateway depends on claims that may grant something',
  (_, claims, isSame) => {
    const first = claimsOf(tokenOf({ sub: 'a', roles: ['agent'], exp: 1, iat: 0, jti: 'x' }));
    expect(grantSame(first, claimsOf(tokenOf({ sub: 'a', ...claims })))).toBe(isSame);
  },
);
