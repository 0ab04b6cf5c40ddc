import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { Issuer } from '../component/identity/issuer.fixture.js';
import { sendRaw } from '../contract/stage.js';
import { waitFor } from '../support/wait-for.js';
import { type System } from '../e2e/system.js';
import { startWithIssuer } from './with-issuer.js';

let issuer: Issuer;
let system: System;
beforeAll(async () => {
  issuer = await Issuer.start();
  system = await startWithIssuer(issuer);
  // Not by the gateway: `credentials` checks its own token at the start, and `tickets`
  // verifies the same one when it is sent the database's mark.
  await waitFor(() => issuer.keyFetches >= 2);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await issuer.stop();
}, 30_000);

const ask = async (token: string) =>
  (
    await sendRaw(system.url, {
      method: 'GET',
      path: '/v1/tickets',
      headers: { authorization: `Bearer ${token}` },
    })
  ).status;

/**
 * Each with a key of its own that nobody knows.
 * @returns the different answers, the fetches of keys, and the seconds it took
 */
async function flood(count: number) {
  const { privateKey } = await generateKeyPair('ES256');
  const [before, began] = [issuer.keyFetches, performance.now()];
  const seen = new Set<number>();
  for (let at = 0; at < count; at += 1) {
    const kid = `flood-${began}-${at}`;
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    seen.add(await ask(token));
  }
  return {
    answers: [...seen],
    fetches: issuer.keyFetches - before,
    seconds: (performance.now() - began) / 1000,
  };
}

/**
 * In each test the flood comes first to a gateway that has, or has not, fetched the keys.
 */
describe('a flood of tokens with unknown keys', () => {
  it('while the issuer is down asks for its keys once in five seconds at most, and says that it is not the caller', async () => {
    issuer.isDown = true;
    const { answers, fetches, seconds } = await flood(100);
    expect(answers).toEqual([503]);
    expect(fetches).toBeGreaterThan(0);
    expect(fetches).toBeLessThanOrEqual(1 + Math.floor(seconds / 5));
    issuer.isDown = false;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await ask(await issuer.sign({}))).toBe(200);
  });

  it('asks the issuer for its keys at most once per cool-down, and known people are served meanwhile', async () => {
    const coolDownOfTheLibrary = 30;
    const { answers, fetches, seconds } = await flood(200);
    expect(answers).toEqual([401]);
    expect(fetches).toBeLessThanOrEqual(1 + Math.floor(seconds / coolDownOfTheLibrary));
    expect(await ask(await issuer.sign({ sub: 'agent-2' }))).toBe(200);
  });
});
