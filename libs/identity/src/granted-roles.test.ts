import { describe, expect, it } from '@jest/globals';
import { grantedRoles, parseRolesMap } from './granted-roles.js';

describe('the roles of a token', () => {
  it.each<[string, string, unknown, string[]]>([
    ['an array', 'roles', { roles: ['agent', 'root', 5, ['admin'], null] }, ['agent']],
    ['one word', 'roles', { roles: 'agent' }, ['agent']],
    ['words, as in a scope', 'scope', { scope: 'openid agent  customer' }, ['customer', 'agent']],
    ['words between commas', 'roles', { roles: 'agent, customer,root' }, ['customer', 'agent']],
    [
      'the keys of an object',
      'urn:zitadel:iam:org:project:roles',
      { 'urn:zitadel:iam:org:project:roles': { agent: { 1: 'x' } } },
      ['agent'],
    ],
    [
      'keys that say no',
      'roles',
      { roles: { agent: false, admin: null, customer: true } },
      ['customer'],
    ],
    [
      'a name with dots',
      'https://desk.example/roles',
      { 'https://desk.example/roles': ['agent'] },
      ['agent'],
    ],
    [
      'an object',
      'realm_access.roles',
      { roles: ['admin'], realm_access: { roles: ['agent'] } },
      ['agent'],
    ],
    [
      'an object with dots in its name',
      'resource_access.my.desk.roles',
      { resource_access: { 'my.desk': { roles: ['agent'] } } },
      ['agent'],
    ],
    [
      'the exact name before an object',
      'a.b',
      { 'a.b': ['agent'], a: { b: ['admin'] } },
      ['agent'],
    ],
    [
      'the longest prefix first',
      'a.b.c',
      { 'a.b': { c: ['agent'] }, a: { 'b.c': ['admin'] } },
      ['agent'],
    ],
    [
      'the next prefix where that has none',
      'a.b.c',
      { 'a.b': { d: 1 }, a: { 'b.c': ['agent'] } },
      ['agent'],
    ],
    ['other letters', 'roles', { roles: ['Agent', 'ADMIN', 'superagent'] }, []],
    ['nothing', 'roles', {}, []],
    ['null', 'a.roles', { a: null }, []],
    ['what every object has', 'constructor.name', {}, []],
  ])('are found in %s', (_, claim, claims, found) => {
    expect(grantedRoles(claims as Record<string, unknown>, claim, {})).toEqual(found);
  });

  it('are named as the issuer names them where a map says so, and by it alone', () => {
    const map = parseRolesMap({ 'support-agent': 'agent', admin: 'customer' });
    expect(grantedRoles({ roles: ['support-agent', 'admin', 'toString'] }, 'roles', map)).toEqual([
      'customer',
      'agent',
    ]);
    expect(grantedRoles({ roles: ['agent'] }, 'roles', map)).toEqual(['agent']);
  });

  it.each([[['agent']], ['agent'], [null], [{ a: 'root-s3cret' }], [{ a: ['agent'] }]])(
    'are not mapped by %j',
    (document) => {
      expect(() => parseRolesMap(document)).toThrow(/customer, agent/);
      expect(() => parseRolesMap(document)).not.toThrow(/s3cret/);
    },
  );
});
