import { type BrowserContextOptions, type Page } from 'playwright-core';
import { People } from '../../support/api.js';
import { type Scene } from './scene.js';

/** As strict as docs/embedding.md promises that it may be: nothing inline, and no markup but Lit's. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

/** What a host page does: it imports the element, gives it a token, and listens. */
const script = `
import '/embed/private-credentials.js';
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
  /** Further attributes, as they stand in the markup. */
  readonly attributes?: string;
}

/** A page of somebody else, of the gateway's own origin, with the element in it and little more. */
export async function openHostPage(scene: Scene, host: Host, options: BrowserContextOptions = {}): Promise<Page> {
  const { page, context } = await scene.visitor({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const element = `<private-credentials ticket="${host.ticket}" as="${host.as}" ${host.attributes ?? ''}></private-credentials>`;
  const markup = `<!doctype html><html lang="en"><title>Host</title><script type="module" src="/host.js"></script><main><h1>Ticket</h1>${element}</main></html>`;
  await context.addInitScript(`globalThis.token = ${JSON.stringify(await tokenOf(scene, host.actor))}`);
  await page.route('**/host.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.route('**/host', (route) =>
    route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body: markup }),
  );
  await page.goto('/host');
  return page;
}

/** A bearer token of the development mode. */
export async function tokenOf(scene: Scene, actor: string): Promise<string> {
  const { authorization = '' } = await new People(scene.system.url).authorization(actor);
  return authorization.replace('Bearer ', '');
}

/** What the element has told its page so far: types, in their order. */
export const toldBy = (page: Page): Promise<readonly string[]> => page.evaluate('told.map(({ type }) => type)');
