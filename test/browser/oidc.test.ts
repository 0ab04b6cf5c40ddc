import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../support/wait-for.js';
import { Issuer } from './harness/issuer.js';
import { Scene } from './harness/scene.js';

let issuer: Issuer;
let scene: Scene;
beforeAll(async () => {
  issuer = await Issuer.start();
  const service = {
    AUTH_TOKEN_URL: `${issuer.url}/token`,
    AUTH_CLIENT_ID: 'credentials',
    AUTH_CLIENT_SECRET: 'known to this test alone',
  };
  // A token that ends is refused that much later, and a test waits for it.
  const settings = { REVEAL_AUTH_MAX_AGE_SECONDS: '600', AUTH_CLOCK_TOLERANCE_SECONDS: '2' };
  scene = await Scene.open({ ...issuer.environment, ...service, ...settings });
}, 240_000);
beforeEach(() => {
  issuer.steps.length = 0;
  Object.assign(issuer, {
    lifetime: 600,
    givesRefreshTokens: true,
    person: alice,
    signedInAt: Math.floor(Date.now() / 1000),
  });
});
afterEach(async () => {
  expect(await scene.clear()).toEqual([]);
});
afterAll(async () => {
  await scene.close();
  issuer.stop();
});

const alice = { sub: 'alice', name: 'Alice Customer', roles: ['customer'] };
const bob = { sub: 'bob', name: 'Bob Agent', roles: ['agent'] };
const storage = 'JSON.stringify({ ...sessionStorage, ...localStorage })';

describe('signing in at an issuer', () => {
  it('a sign-in returns to the requested route, with no token in storage or history', async () => {
    const alice = await scene.visitor();
    await alice.page.goto('/new');
    await alice.button('Sign in').click();
    await alice.page.getByRole('heading', { name: 'New ticket' }).waitFor();
    expect(new URL(alice.page.url()).pathname + new URL(alice.page.url()).search).toBe('/new');
    expect(issuer.steps).toEqual(['authorize', 'code']);
    expect(await alice.page.evaluate(storage)).not.toMatch(/eyJ|verifier/);
    await alice.page.getByLabel('Subject').fill('Mail is down');
    await alice.button('Open ticket').click();
    await alice.page.getByRole('heading', { name: 'Mail is down' }).waitFor();
  });

  it('a reload signs in again, except after a sign-out', async () => {
    const alice = await scene.visitor();
    await alice.page.goto('/');
    await alice.button('Sign in').click();
    await alice.page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await alice.page.reload();
    await alice.page.getByRole('heading', { name: 'My tickets' }).waitFor();
    expect(issuer.steps).toEqual(['authorize', 'code', 'authorize', 'code']);
    await alice.button('Sign out').click();
    await alice.page.reload();
    await alice.button('Sign in').waitFor();
    expect(issuer.steps).toHaveLength(4);
  });

  it('an answer of the issuer that this tab did not request is refused', async () => {
    const victim = await scene.visitor();
    await victim.page.goto('/signed-in?code=stolen&state=guessed');
    await victim.page.getByText('The sign-in did not work.').waitFor();
    expect(issuer.steps).toEqual([]);
  });
});

describe('a reveal by who signed in too long ago', () => {
  it('a reveal with an old sign-in works once the issuer has asked again', async () => {
    const customer = await scene.visitor();
    await customer.page.goto('/new');
    await customer.button('Sign in').click();
    await customer.page.getByLabel('Subject').fill('Opened lately');
    await customer.button('Open ticket').click();
    await customer.button('Share credentials privately').click();
    await customer.page.getByLabel('Username').fill('root');
    await customer.page.getByLabel('Password', { exact: true }).fill('pass word 1');
    await customer.button('Share privately').click();
    await customer.page.getByText('Not viewed yet').waitFor();

    Object.assign(issuer, { person: bob, signedInAt: issuer.signedInAt - 3600 });
    const agent = await scene.visitor();
    await agent.page.goto(new URL(customer.page.url()).pathname);
    await agent.button('Sign in').click();
    await agent.page.locator('.tabs').getByRole('link', { name: 'Private Credentials' }).click();
    await agent.button('Take and view').click();
    await agent.button('Sign in again').click();
    await agent.button('Reveal all').click();
    await agent.page.getByText('pass word 1', { exact: true }).waitFor();
  });
});

describe('a token that ends while somebody types', () => {
  /** Types until the token is refused; those to come last. */
  const type = async (text: string) => {
    const alice = await scene.visitor();
    await alice.page.goto('/new');
    const answer = alice.page.waitForResponse(`${issuer.url}/token`);
    await alice.button('Sign in').click();
    const { access_token: token } = (await (await answer).json()) as { access_token: string };
    await alice.page.getByLabel('Subject').fill(text);
    const authorization = `Bearer ${token}`;
    await waitFor(
      async () =>
        (await scene.system.call(null, 'GET', '/v1/tickets', undefined, { authorization }))
          .status === 401,
    );
    issuer.lifetime = 600;
    return alice;
  };

  it('an expired token is replaced silently by a refresh token', async () => {
    issuer.lifetime = 2;
    const alice = await type('Quietly renewed');
    await alice.button('Open ticket').click();
    await alice.page.getByRole('heading', { name: 'Quietly renewed' }).waitFor();
    expect(issuer.steps).toContain('refresh');
  });

  it('an issuer that is away for a while does not end the session', async () => {
    issuer.lifetime = 2;
    const alice = await type('Sent at the second attempt');
    await alice.page.route(`${issuer.url}/token`, (route) => route.abort('connectionrefused'));
    await alice.button('Open ticket').click();
    await alice.page.getByText('No connection to the server.').waitFor();
    expect(await alice.page.getByText('Your session has ended').count()).toBe(0);
    await alice.page.unroute(`${issuer.url}/token`);
    await alice.button('Open ticket').click();
    await alice.page.getByRole('heading', { name: 'Sent at the second attempt' }).waitFor();
  });

  it('without a refresh token the page asks for a new sign-in, and keeps typed text', async () => {
    Object.assign(issuer, { lifetime: 2, givesRefreshTokens: false });
    const alice = await type('Typed before the end');
    await alice.button('Open ticket').click();
    await alice.page.getByText('Your session has ended').waitFor();
    for (let count = 0; count < 3; count += 1) await alice.page.keyboard.press('Escape');
    // That, and not to sign out, is what Enter does.
    await alice.page.keyboard.press('Enter');
    await alice.page.getByRole('heading', { name: 'New ticket' }).waitFor();
    expect(await alice.page.getByLabel('Subject').inputValue()).toBe('Typed before the end');
    await alice.button('Open ticket').click();
    await alice.page.getByRole('heading', { name: 'Typed before the end' }).waitFor();
  });
});
