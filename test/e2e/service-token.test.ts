import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Issuer } from '../component/identity/issuer.fixture.js';
import { startWithIssuer } from '../security/with-issuer.js';
import { waitFor } from '../support/wait-for.js';
import { type System } from './system.js';

const opaque = '8xLOxBtZp8-opaque';
let issuer: Issuer;
let system: System;
beforeAll(async () => {
  issuer = await Issuer.start();
  system = await startWithIssuer(issuer, () => [
    200,
    { access_token: opaque, token_type: 'Bearer', expires_in: 3600 },
  ]);
}, 120_000);
afterAll(async () => {
  await system.stop();
  await issuer.stop();
}, 30_000);

const readiness = async () =>
  (await (await fetch(`${system.credentialsUrl}/readyz`)).json()) as {
    status: string;
    checks: object;
  };
const faults = async (reason: string) => {
  const text = await (await fetch(`${system.credentialsUrl}/metrics`)).text();
  return Number(
    new RegExp(`^service_token_faults_total\\{reason="${reason}".*\\} (\\d+)$`, 'm').exec(
      text,
    )?.[1] ?? 0,
  );
};
const log = () =>
  readdirSync(system.logsDir)
    .map((file) => readFileSync(join(system.logsDir, file), 'utf8'))
    .join('');
const tokenRequests = () => issuer.requests.filter((path) => path === '/token').length;

it('a service token of no use is told at the start, and again while tickets refuses it, until there is a good one', async () => {
  const roles = ['customer'];
  const as = { authorization: `Bearer ${await issuer.sign({ sub: 'alice', roles })}` };
  const { id } = (await system.call(null, 'POST', '/v1/tickets', { subject: 'x' }, as)).body as {
    id: string;
  };
  const share = async () =>
    (
      await system.call(
        null,
        'POST',
        `/v1/tickets/${id}/credentials`,
        { username: 'u', password: 'p' },
        as,
      )
    ).status;

  await waitFor(async () => (await faults('not-a-jwt')) === 1);
  expect(await readiness()).toMatchObject({
    status: 'ready',
    checks: { 'service-token': 'warning' },
  });
  expect(log()).toMatch(
    /service token of no use.*"reason":"not-a-jwt"|"reason":"not-a-jwt".*service token of no use/,
  );

  for (let count = 0; count < 3; count += 1) expect(await share()).toBe(503);
  expect(await faults('refused')).toBeGreaterThanOrEqual(3);
  expect(tokenRequests()).toBe(2);
  expect(log()).not.toContain(opaque);

  const good = await issuer.sign({ sub: 'credentials', roles: ['service'] });
  issuer.token = () => [200, { access_token: good, token_type: 'Bearer', expires_in: 3600 }];
  await waitFor(
    async () =>
      (await system.call(null, 'GET', `/v1/tickets/${id}/credentials`, undefined, as)).status ===
      200,
  );
  expect(await share()).toBe(201);
  expect(await readiness()).toMatchObject({ checks: { 'service-token': 'ok' } });
});
