import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JwtVerifier, serviceTokens } from '#identity';
import { createLogger } from '#telemetry';
import { withClockOff } from '../../support/clock-off.js';
import { waitFor } from '../../support/wait-for.js';
import { given, Issuer } from './issuer.fixture.js';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await Issuer.start();
});
afterEach(() => issuer.stop());

describe('serviceTokens', () => {
  it('shares one request among callers at the same moment, and keeps the token', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    expect(new Set(await Promise.all(Array.from({ length: 10 }, () => tokens.get())))).toEqual(
      new Set(['token-1']),
    );
    await tokens.get();
    expect(issuer.requests).toEqual(['/token']);
  });

  it('renews a token by how long it lives, with the sleeps of the machine, and well before its end', async () => {
    let count = 0;
    let lifetime = 3600;
    issuer.token = () => given(`token-${(count += 1)}`, lifetime);
    const tokens = serviceTokens('credentials', issuer.config());
    expect([await tokens.get(), await withClockOff(-120, () => tokens.get())]).toEqual([
      'token-1',
      'token-1',
    ]);
    expect(await withClockOff(120, () => tokens.get())).toBe('token-2');
    lifetime = 0;
    const short = serviceTokens('credentials', issuer.config());
    expect([await short.get(), await withClockOff(-120, () => short.get())]).toEqual([
      'token-3',
      'token-4',
    ]);
    lifetime = 1;
    const soon = serviceTokens('credentials', issuer.config());
    const began = performance.now();
    expect(await soon.get()).toBe('token-5');
    await waitFor(async () => (await soon.get()) === 'token-6');
    expect(performance.now() - began).toBeLessThan(1_000 * (lifetime + 1));
  });

  it('tells of a refusal by its OAuth error, or of an answer without a token, and asks again the next time', async () => {
    const tokens = serviceTokens('credentials', issuer.config());
    const answers: [ReturnType<Issuer['token']>, string][] = [
      [[400, { error: 'invalid_scope', error_description: 'pass word' }], 'invalid_scope'],
      [
        [401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="x"' }],
        'invalid_client',
      ],
      [[400, { error: 'pass word' }], 'unreadable-answer'],
      [[401, '<html>', { 'www-authenticate': 'Basic' }], 'unreadable-answer'],
      [[500, {}], 'unreadable-answer'],
      [[200, {}], 'unreadable-answer'],
      [[200, { access_token: 'x', token_type: 'mac' }], 'unreadable-answer'],
      [[302, {}], 'unreadable-answer'],
    ];
    for (const [answer, code] of answers) {
      issuer.token = () => answer;
      const failure = await tokens.get().catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'TokenRequestError', code });
      const lines: string[] = [];
      const destination = { write: (line: string) => lines.push(line) };
      createLogger({ service: 'test', destination }).error('no token', { error: failure });
      expect(lines).toEqual([expect.stringContaining(code)]);
      expect(JSON.stringify([lines, tokens.health.fault])).not.toContain('pass word');
      expect(tokens.health.fault).toEqual({ reason: 'none-given', code });
    }
    await issuer.stop();
    await expect(tokens.get()).rejects.toMatchObject({ code: 'no-answer' });
    issuer = await Issuer.start();
  });

  it('gives another one for a refused one, but does not ask the issuer all the time', async () => {
    let count = 0;
    issuer.token = () => given(`token-${(count += 1)}`);
    const tokens = serviceTokens('credentials', issuer.config());
    const faults: boolean[] = [];
    tokens.health.onFault = (_fault, isNews) => void faults.push(isNews);
    const first = await tokens.get();
    expect(tokens.refused(first)).toBe(true);
    expect([await tokens.get(), tokens.refused(first)]).toEqual(['token-2', true]);
    expect([tokens.refused('token-2'), await tokens.get()]).toEqual([false, 'token-2']);
    expect([faults, tokens.health.fault]).toEqual([[true, false, false], { reason: 'refused' }]);
    tokens.health.looksRight();
    expect(tokens.health.fault).toBeDefined();
    tokens.accepted();
    expect(tokens.health.fault).toBeUndefined();
  });

  it('signs for itself in development, as a service and nobody else', async () => {
    const keyFile = join(mkdtempSync(join(tmpdir(), 'service-tokens-')), 'dev.pem');
    const config = {
      mode: 'dev',
      issuer: 'urn:x',
      audience: 'x',
      rolesClaim: 'roles',
      rolesMap: {},
      clockTolerance: 30,
      keyFile,
    } as const;
    const actor = await new JwtVerifier(config).verify(
      await serviceTokens('credentials', config).get(),
    );
    expect([actor.id, [...actor.roles]]).toEqual(['service:credentials', ['service']]);
  });
});
