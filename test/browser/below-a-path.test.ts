import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpProxy } from '../support/http-proxy.js';
import { openHostPage } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const path = '/help/creds';
const helpdesk = 'http://helpdesk.test';
const stage = useScene({ PUBLIC_URL: `https://desk.example${path}/`, CORS_ORIGINS: helpdesk });

const below = (url: string) => url.startsWith(`${path}/`);
const proxies = [
  {
    what: 'a proxy that takes the path off',
    pathOf: (url: string) => (below(url) ? url.slice(path.length) : undefined),
  },
  { what: 'a proxy that leaves the path', pathOf: (url: string) => (below(url) ? url : undefined) },
];

describe.each(proxies)('the page below a path, behind $what', ({ pathOf }) => {
  let proxy: HttpProxy;
  let baseURL: string;
  beforeAll(async () => {
    proxy = await HttpProxy.to(stage.scene.system.url, pathOf);
    baseURL = `${proxy.url}${path}/`;
  });
  afterAll(() => proxy.close());

  it('a credential is shared, taken and revealed without a request beside the path', async () => {
    const alice = await stage.scene.person('Alice', 'new', { baseURL });
    await alice.page.getByLabel('Subject').fill('The story below a path');
    await alice.button('Open ticket').click();
    await alice.button('Share credentials privately').click();
    await alice.page.getByLabel('Username').fill('root');
    await alice.page.getByLabel('Password', { exact: true }).fill('pass word 1');
    await alice.button('Share privately').click();
    await alice.page.getByText('Not viewed yet').waitFor();

    const bob = await stage.scene.person('Bob', '.', { baseURL });
    await bob.page.getByRole('link', { name: 'Unassigned', exact: true }).click();
    await bob.page.getByRole('link', { name: /^The story below a path.*Unassigned/ }).click();
    await bob.page.locator('.tabs').getByRole('link', { name: 'Private Credentials' }).click();
    await bob.button('Take and view').click();
    await bob.page.getByText('pass word 1', { exact: true }).waitFor();
    await alice.page.getByText('Viewed once').waitFor();
    await bob.page.reload();
    await bob.page
      .getByRole('link', { name: 'Private Credentials', exact: true })
      .first()
      .waitFor();
    expect(new URL(bob.page.url()).pathname).toMatch(new RegExp(`^${path}/tickets/[^/]+$`));

    await bob.page.evaluate(`sessionStorage.setItem('neighbour', 'stays')`);
    await bob.button('Sign out').click();
    await bob.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect([
      new URL(bob.page.url()).pathname,
      await bob.page.evaluate('Object.keys(sessionStorage)'),
    ]).toEqual([`${path}/`, ['neighbour']]);
    expect(proxy.unknownPaths).toEqual([]);
  });

  it('a former requester can reach what they have shared, without a request beside the path', async () => {
    const ticket = await stage.data.ticket('Former below a path');
    await stage.data.share(ticket, { username: 'root', password: 'pass word 1' });
    const { page } = await stage.scene.person('Alice', '.', { baseURL });
    // What the API answers to a former requester: no ticket, and their own credentials.
    const problem = { code: 'not-found', detail: 'There is no such ticket' };
    await page.route(`**/v1/tickets/${ticket}`, (route) =>
      route.fulfill({ status: 404, json: problem }),
    );
    await page.goto(`tickets/${ticket}`);
    await page.getByRole('heading', { name: 'This ticket is somebody else’s now' }).waitFor();
    await page.getByRole('button', { name: 'Withdraw' }).waitFor();
    expect(proxy.unknownPaths).toEqual([]);
  });

  it('the element in another origin, and the API documentation, work below the path', async () => {
    const ticket = await stage.data.ticket('Below a path, in a helpdesk');
    const page = await openHostPage(stage.scene, {
      ticket,
      as: 'customer',
      actor: 'customer alice',
      origin: helpdesk,
      gateway: `${proxy.url}${path}`,
    });
    await page.getByRole('button', { name: 'Share credentials privately' }).waitFor();
    const { page: docs } = await stage.scene.visitor({ baseURL });
    await docs.goto('docs');
    await docs.getByText(`https://desk.example${path}`).first().waitFor({ state: 'attached' });
    expect(proxy.unknownPaths).toEqual([]);
  });
});
