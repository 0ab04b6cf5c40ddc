import { type BrowserContextOptions, type Page } from 'playwright-core';
import { People } from '../../support/api.js';
import { type Scene } from './scene.js';

/**
 * As strict as docs/embedding.md promises that it may be: nothing inline, nobody but the
 * gateway, and no markup but Lit's.
 */
const policyFor = (gateway: string) =>
  `default-src 'none'; script-src 'self' ${gateway}/; connect-src ${gateway}/; ` +
  "base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";

/** What a host page does: it imports the element, gives it a token, and listens. */
const scriptFor = (gateway: string) => `
import '${gateway}/embed/private-credentials.js';
const element = document.querySelector('private-credentials');
globalThis.told = [];
for (const name of ['submitted', 'revealed', 'destroyed', 'taken', 'ended', 'error'])
  element.addEventListener('pc-' + name, ({ type, detail }) => told.push({ type, detail }));
element.token = (need) => {
  told.push({ type: 'token', detail: need });
  return globalThis.token;
};
`;

interface Host {
  readonly ticket: string;
  readonly as: 'customer' | 'agent';
  /** Who has the page open; the first word is their role. */
  readonly actor: string;
  /** Where the page is from; the gateway's own origin by default. */
  readonly origin?: string;
  /** Where the gateway is; its own address by default. */
  readonly gateway?: string;
  /** Further attributes, as they stand in the markup. */
  readonly attributes?: string;
}

/** A page of somebody else with the element in it and little more. */
export async function openHostPage(
  scene: Scene,
  host: Host,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { page, context } = await scene.visitor({
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const { gateway = new URL(scene.system.url).origin } = host;
  const { origin = new URL(gateway).origin } = host;
  const { attributes = '' } = host;
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

/** What the element has told its page so far: types, in their order. */
export const toldBy = (page: Page): Promise<readonly string[]> =>
  page.evaluate('told.map(({ type }) => type)');

export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();
