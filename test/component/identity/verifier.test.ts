import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair, type JWTPayload } from 'jose';
import { JwtVerifier } from '#identity';
import { Problem } from '#problem';
import { withClockOff } from '../../support/clock-off.js';
import { Issuer } from './issuer.fixture.js';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await Issuer.start();
});
afterEach(() => issuer.stop());

const refused = { status: 401, code: 'unauthenticated' };

describe('JwtVerifier with the keys of an issuer', () => {
  it('gives the actor of a token, and fetches keys once for many tokens', async () => {
    const verifier = new JwtVerifier(issuer.config());
    const token = await issuer.sign({ name: 'Ann', roles: ['agent', 'admin', 'root'] });
    const actor = await verifier.verify(token);
    expect(actor).toMatchObject({ id: 'person', name: 'Ann', token });
    expect([...actor.roles].sort()).toEqual(['admin', 'agent']);
    for (let count = 0; count < 5; count += 1)
      await verifier.verify(await issuer.sign({ sub: `person-${count}` }));
    expect(issuer.requests).toEqual(['/jwks']);
  });

  it('leaves out a name that no database keeps, and refuses such a person', async () => {
    const verifier = new JwtVerifier(issuer.config());
    for (const name of ['A\0n', 'A\ud800'])
      expect((await verifier.verify(await issuer.sign({ name }))).name).toBeUndefined();
    await expect(verifier.verify(await issuer.sign({ sub: 'p\0' }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('leaves out of a name what would turn the words beside it around', async () => {
    const name = 'Ann \u202eyvI\u202c\u2067\n, \u2028نور‌نبی 👩‍🔧';
    const actor = await new JwtVerifier(issuer.config()).verify(await issuer.sign({ name }));
    expect(actor.name).toBe('Ann yvI, نور‌نبی 👩‍🔧');
  });

  it.each([[5], [null], [['person']], [{}], [''], ['person '], ['per\u200bson'], ['per\nson']])(
    'refuses a person whose id is no text to compare by: %j',
    async (sub) => {
      const token = await issuer.sign({ sub: sub as string });
      await expect(new JwtVerifier(issuer.config()).verify(token)).rejects.toMatchObject(refused);
    },
  );

  it('answers 503, not 401, when the keys cannot be had, and 200 when they can again', async () => {
    const token = await issuer.sign({});
    const verifier = new JwtVerifier(
      issuer.config({ keys: { uri: new URL('http://127.0.0.1:1/jwks') } }),
    );
    await expect(verifier.verify(token)).rejects.toMatchObject({
      status: 503,
      code: 'unavailable',
      headers: { 'retry-after': '5' },
    });
    const broken = new JwtVerifier(issuer.config({ keys: { uri: new URL('/token', issuer.url) } }));
    issuer.token = () => [500, {}];
    await expect(broken.verify(token)).rejects.toMatchObject({ status: 503 });
    expect((await new JwtVerifier(issuer.config()).verify(token)).id).toBe('person');
  });

  it.each([
    ['a page', '<html>Back soon</html>'],
    ['JSON without keys', {}],
    ['a list', []],
    ['null', null],
  ])(
    'takes %s in the place of keys for a failure, and leaves the issuer alone for a while',
    async (_name, document) => {
      issuer.token = () => [200, document];
      const verifier = new JwtVerifier(
        issuer.config({ keys: { uri: new URL('/token', issuer.url) } }),
      );
      const began = performance.now();
      for (let count = 0; count < 5; count += 1)
        await expect(
          verifier.verify(await issuer.sign({ sub: `person-${count}` })),
        ).rejects.toMatchObject({ status: 503 });
      expect(issuer.requests.length).toBeLessThanOrEqual(
        1 + Math.floor((performance.now() - began) / 5_000),
      );
    },
  );

  it('refuses a token by a key that the issuer does not have', async () => {
    const other = await Issuer.start(generateKeyPair('RS256'));
    const verifier = new JwtVerifier(issuer.config());
    await expect(verifier.verify(await other.sign({ iss: issuer.url }))).rejects.toMatchObject({
      ...refused,
      reason: 'bad-signature',
    });
    await other.addKey('key-2', 'RS256');
    await expect(
      verifier.verify(await other.sign({ iss: issuer.url }, 'key-2')),
    ).rejects.toMatchObject({
      ...refused,
      reason: 'unknown-key',
    });
    await other.stop();
  });

  it.each([
    ['exp', -1],
    ['nbf', 1],
    ['iat', 1],
  ])(
    'takes a token whose %s is wrong by less than the clock tolerance, once and again, and refuses what is more',
    async (claim, sense) => {
      const verifier = new JwtVerifier(issuer.config({ clockTolerance: 100 }));
      const by = (seconds: number) =>
        issuer.sign({ [claim]: Math.floor(Date.now() / 1000) + sense * seconds });
      const near = await by(80);
      for (let count = 0; count < 2; count += 1)
        expect((await verifier.verify(near)).id).toBe('person');
      await expect(verifier.verify(await by(120))).rejects.toMatchObject(refused);
      await expect(
        new JwtVerifier(issuer.config({ clockTolerance: 60 })).verify(near),
      ).rejects.toMatchObject(refused);
    },
  );

  it('says until when a token is accepted, and accepts it no longer by then', async () => {
    const verifier = new JwtVerifier(issuer.config({ clockTolerance: 100 }));
    const exp = Math.floor(Date.now() / 1000) + 60;
    const token = await issuer.sign({ exp });
    expect((await verifier.verify(token)).expiresAt).toBe(exp + 100);
    await expect(withClockOff(3, () => verifier.verify(token))).rejects.toMatchObject(refused);
  });

  it('judges no token, seen before or not, while the clock is known to be off', async () => {
    const off = new Problem('unavailable');
    let isOff = false;
    const verifier = new JwtVerifier(issuer.config(), {
      requireRight: () => (isOff ? Promise.reject(off) : Promise.resolve()),
    });
    const token = await issuer.sign({});
    expect((await verifier.verify(token)).id).toBe('person');
    isOff = true;
    for (const one of [token, await issuer.sign({ exp: 0 })])
      await expect(verifier.verify(one)).rejects.toBe(off);
  });

  it('takes the roles from wherever the issuer puts them', async () => {
    const verifier = new JwtVerifier(issuer.config({ rolesClaim: 'realm_access.roles' }));
    const actor = await verifier.verify(
      await issuer.sign({ roles: ['admin'], realm_access: { roles: ['customer'] } }),
    );
    expect([...actor.roles]).toEqual(['customer']);
    expect((await verifier.verify(await issuer.sign({ realm_access: 'x' }))).roles.size).toBe(0);
    expect((await verifier.verify(await issuer.sign({ realm_access: null }))).roles.size).toBe(0);
  });

  it('takes a token that names its client alone for one of ours where a setting says so, and no other', async () => {
    const byClient = { audience: 'desk, credentials', audienceClaim: 'client_id' } as const;
    const verify = async (claims: JWTPayload, more: object = byClient) =>
      new JwtVerifier(issuer.config(more)).verify(await issuer.sign({ aud: undefined, ...claims }));
    for (const client_id of ['desk', 'credentials'])
      expect((await verify({ client_id })).id).toBe('person');
    const wrong = [
      { client_id: 'other' },
      { client_id: 'desk, credentials' },
      { client_id: ['desk'] },
      { client_id: 'desk', aud: 'desk' },
    ];
    for (const claims of [...wrong, { client_id: 'desk', aud: 'https://other.example' }])
      await expect(verify(claims as JWTPayload)).rejects.toMatchObject({
        reason: 'wrong-audience',
      });
    for (const claims of [{}, { aud: 'desk' }])
      await expect(verify(claims)).rejects.toMatchObject({ status: 401 });
    await expect(verify({ client_id: 'us' }, {})).rejects.toMatchObject({
      reason: 'wrong-audience',
    });
  });

  it('reads keys from a file as well', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'jwks-')), 'jwks.json');
    writeFileSync(file, await (await fetch(`${issuer.url}/jwks`)).text());
    expect(
      (await new JwtVerifier(issuer.config({ keys: { file } })).verify(await issuer.sign({}))).id,
    ).toBe('person');
  });
});
