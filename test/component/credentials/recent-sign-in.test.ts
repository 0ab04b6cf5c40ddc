import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload } from 'jose';
import { Issuer } from '../identity/issuer.fixture.js';
import { type CredentialsUnderTest, newTicket, startCredentials } from './harness.js';

const maxAge = 600;
const clockTolerance = 20;
let issuer: Issuer;
let service: CredentialsUnderTest;
beforeAll(async () => {
  issuer = await Issuer.start();
  service = await startCredentials({
    identity: issuer.config({ clockTolerance }),
    revealAuthMaxAge: maxAge,
    limits: { reveals: 1, submits: 0 },
  });
});
afterAll(async () => {
  await service.stop();
  await issuer.stop();
});

const now = () => Math.floor(Date.now() / 1000);

async function post(path: string, claims: JWTPayload, body: object = {}) {
  const authorization = `Bearer ${await issuer.sign(claims)}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(service.url + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const content = (await answer.json()) as { id: string; code?: string };
  return { status: answer.status, content, challenge: answer.headers.get('www-authenticate') };
}

const agent = (auth_time: unknown, sub = 'agent-1'): JWTPayload => ({
  sub,
  roles: ['agent'],
  auth_time,
});
const refused = {
  status: 401,
  content: { code: 'unauthenticated' },
  challenge:
    'Bearer error="insufficient_user_authentication", ' +
    `error_description="A more recent sign-in is needed", max_age="${maxAge}"`,
};
const untoldDetail =
  'A more recent sign-in is needed: the issuer must put auth_time into the access token';
const untold = {
  status: 401,
  content: { code: 'unauthenticated', detail: untoldDetail },
  challenge: refused.challenge.replace('A more recent sign-in is needed', untoldDetail),
};

describe('where reveals demand a recent sign-in', () => {
  it.each<[string, () => unknown, object]>([
    ['is not said', () => undefined, untold],
    ['is too long ago', () => now() - maxAge - clockTolerance - 5, refused],
    ['is still to come', () => now() + clockTolerance + 60, refused],
    ['is no number', () => String(now()), untold],
    ['is null', () => null, untold],
    ['is in milliseconds', () => Date.now(), refused],
  ])(
    'a reveal by somebody whose sign-in %s is refused by the challenge of RFC 9470, and not counted',
    async (_, signedIn, answer) => {
      const { path } = newTicket(service);
      for (const at of [
        `${path}/reveal`,
        `${path}/${path.split('/')[3]}/reveal`,
        '/v1/tickets/nowhere/credentials/reveal',
      ])
        expect(await post(at, agent(signedIn()))).toMatchObject(answer);
    },
  );

  it('a recent one reveals, and so does one by a clock that is ahead, or behind, by the tolerance', async () => {
    const { path } = newTicket(service);
    const shared = await post(
      path,
      { sub: 'customer-1', roles: ['customer'] },
      { username: 'root', password: 'pass word' },
    );
    expect(shared.status).toBe(201);
    expect((await post(`${path}/reveal`, agent(now() - maxAge - clockTolerance + 10))).status).toBe(
      200,
    );
    const ahead = newTicket(service, { assigneeId: 'agent-2' });
    expect(
      (await post(`${ahead.path}/reveal`, agent(now() + clockTolerance - 10, 'agent-2'))).status,
    ).toBe(200);
    expect(await post(`${path}/reveal`, agent(now()))).toMatchObject({ status: 429 });
    expect(await post(`${path}/reveal`, agent(0))).toMatchObject(refused);
  });

  it('nothing else waits for it', async () => {
    const { ticketId } = newTicket(service);
    expect(
      (await post(`/v1/tickets/${ticketId}/credential-requests`, agent(undefined))).status,
    ).toBe(201);
  });
});
