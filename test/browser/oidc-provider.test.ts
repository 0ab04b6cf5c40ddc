import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OidcProvider } from './harness/oidc-provider.js';
import { Scene } from './harness/scene.js';
import { type Visitor } from './harness/visitor.js';

let issuer: OidcProvider;
let scene: Scene;
beforeAll(async () => {
  issuer = await OidcProvider.start();
  scene = await Scene.open({ ...issuer.environment, REVEAL_AUTH_MAX_AGE_SECONDS: '600' });
  await issuer.serve(new URL(scene.system.url).origin);
}, 240_000);
afterEach(async () => {
  expect(await scene.clear()).toEqual([]);
});
afterAll(async () => {
  await scene.close();
  issuer.stop();
});

const arrive = async (path: string): Promise<Visitor> => {
  const visitor = await scene.visitor();
  // Its pages want a font of the Internet.
  await visitor.context.route(/fonts\.googleapis\.com/, (route) => route.abort());
  await visitor.page.goto(path);
  return visitor;
};
const enter = async (visitor: Visitor, name: string): Promise<void> => {
  await visitor.button('Sign in').click();
  await issuer.signIn(visitor, name);
};

describe('oidc-provider, whose clock is ahead and whose roles stand in a claim named by a URL', () => {
  it('oidc-provider carries the story, a change of person in one browser, and a reveal once its tokens have auth_time', async () => {
    const visitor = await arrive('/new');
    const { page } = visitor;
    await enter(visitor, 'alice');
    await page.getByLabel('Subject').fill('Mail is down');
    await visitor.button('Open ticket').click();
    await visitor.button('Share credentials privately').click();
    await page.getByLabel('Username').fill('root');
    await page.getByLabel('Password', { exact: true }).fill('pass word 1');
    await visitor.button('Share privately').click();
    await page.getByText('Not viewed yet').waitFor();
    const ticket = new URL(page.url()).pathname;

    await visitor.button('Sign out').click();
    await issuer.signOut(visitor);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(ticket);
    await enter(visitor, 'bob');
    await page.locator('.tabs').getByRole('link', { name: 'Private Credentials' }).click();
    await visitor.button('Take and view').click();
    await visitor.button('Sign in again').click();
    await issuer.signIn(visitor, 'bob');
    await visitor.button('Reveal all').click();
    await page.getByText('it must put auth_time into the access token').waitFor();
    expect(await page.getByText('Your session has ended').count()).toBe(0);

    issuer.includeAuthTime();
    await visitor.button('Sign out').click();
    await issuer.signOut(visitor);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(ticket);
    await enter(visitor, 'bob');
    await page.locator('.tabs').getByRole('link', { name: 'Private Credentials' }).click();
    await visitor.button('Reveal all').click();
    await page.getByText('pass word 1', { exact: true }).waitFor();
  });

  it('the page says so to a person whom the issuer gives no role', async () => {
    const visitor = await arrive('/');
    await enter(visitor, 'eve');
    await visitor.page.getByText('have no role here (no-role)').waitFor();
    await visitor.button('Sign out').click();
    await issuer.signOut(visitor);
    await visitor.button('Sign in').waitFor();
  });

  it('an opaque token, issued without a resource, is refused and the page names the remedy', async () => {
    const visitor = await arrive('/');
    await visitor.page.route('**/sign-in.json', async (route) => {
      const facts = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...facts, parameters: {} } });
    });
    await visitor.page.reload();
    await enter(visitor, 'alice');
    await visitor.page.getByText(/cannot read \(not-a-jwt\).*AUTH_WEB_PARAMETERS/).waitFor();
  });
});
