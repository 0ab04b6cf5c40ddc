import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { HttpProxy } from '../support/http-proxy.js';
import { OidcProvider } from './harness/oidc-provider.js';
import { Scene } from './harness/scene.js';

const path = '/creds';

let issuer: OidcProvider;
let scene: Scene;
let proxy: HttpProxy;
beforeAll(async () => {
  issuer = await OidcProvider.start();
  scene = await Scene.open({ ...issuer.environment, PUBLIC_URL: `https://desk.example${path}` });
  proxy = await HttpProxy.to(scene.system.url, (url) =>
    url.startsWith(`${path}/`) ? url.slice(path.length) : undefined,
  );
  await issuer.serve(proxy.url + path);
}, 240_000);
afterEach(async () => {
  expect(await scene.clear()).toEqual([]);
});
afterAll(async () => {
  await proxy.close();
  await scene.close();
  issuer.stop();
});

it('a sign-in at the issuer returns to the same route below the path, and a sign-out to its first page', async () => {
  const visitor = await scene.visitor({ baseURL: `${proxy.url}${path}/` });
  const { page } = visitor;
  await visitor.context.route(/fonts\.googleapis\.com/, (route) => route.abort());
  await page.goto('new');
  await visitor.button('Sign in').click();
  await issuer.signIn(visitor, 'alice');
  await page.getByLabel('Subject').waitFor();
  expect(new URL(page.url()).pathname).toBe(`${path}/new`);
  await visitor.button('Sign out').click();
  await issuer.signOut(visitor);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect([new URL(page.url()).pathname, proxy.unknownPaths]).toEqual([`${path}/`, []]);
});
