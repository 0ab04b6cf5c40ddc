import { type BrowserContextOptions, type Page } from 'playwright-core';
import { People } from '../../support/api.js';
import { type Scene } from './scene.js';

/** The strictest policy that docs/embedding.md promises to work with. */
const policyFor = (gateway: string) =>
  `default-src 'none'; script-src 'self' ${gateway}/; connect-src ${gateway}/; ` +
  "base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";

/** Imports the element, sets its token and records its events. */
const scriptFor = (gateway: string) => `
import '${gateway}/embed/private-credentials.js';
const element = document.querySelector('private-credentials');
globalThis.dispatched = [];
for (const name of ['submitted', 'revealed', 'destroyed', 'taken', 'ended', 'error'])
  element.addEventListener('pc-' + name, ({ type, detail }) => dispatched.push({ type, detail }));
element.token = (need) => {
  dispatched.push({ type: 'token', detail: need });
  return globalThis.token;
};
`;

interface HostPageOptions {
  readonly ticket: string;
  readonly as: 'customer' | 'agent';
  /** Who has the page open; the part before the dash or blank is their role. */
  readonly actor: string;
  /** The origin of the page; that of the gateway by default. */
  readonly origin?: string;
  /** Where the gateway is; its own address by default. */
  readonly gateway?: string;
  /** Further attributes, as they stand in the markup. */
  readonly attributes?: string;
  /** Called with the URL of each request of the page, from the first on. */
  readonly onRequest?: (url: string) => void;
}

/** Opens a foreign page that embeds the element. */
export async function openHostPage(
  scene: Scene,
  host: HostPageOptions,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { page, context } = await scene.visitor({
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const { gateway = new URL(scene.system.url).origin } = host;
  const { origin = new URL(gateway).origin } = host;
  const { attributes = '', onRequest = () => undefined } = host;
  page.on('request', (request) => {
    onRequest(request.url());
  });
  const element =
    `<private-credentials api="${gateway}" ticket="${host.ticket}" as="${host.as}" ` +
    `${attributes}></private-credentials>`;
  const markup =
    '<!doctype html><html lang="en"><title>Host</title>' +
    '<script type="module" src="/host.js"></script>' +
    `<main><h1>Ticket</h1>${element}</main></html>`;
  await context.addInitScript(
    `globalThis.token = ${JSON.stringify(await tokenOf(scene, host.actor))}`,
  );
  await page.route('**/host.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: scriptFor(gateway) }),
  );
  await page.route('**/host', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': policyFor(gateway) },
      body: markup,
    }),
  );
  await page.goto(`${origin}/host`);
  return page;
}

/** A bearer token of the development mode. */
export async function tokenOf(scene: Scene, actor: string): Promise<string> {
  const { authorization = '' } = await new People(scene.system.url).authorization(actor);
  return authorization.replace('Bearer ', '');
}

/** The types of the events that the element has dispatched so far, in order. */
export const eventsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate('dispatched.map(({ type }) => type)');

export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
