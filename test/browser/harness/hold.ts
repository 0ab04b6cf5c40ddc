import { type Page, type Request, type Route } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';

/**
 * Holds what is posted there.
 * @returns what lets it go, with the answers that it got meanwhile
 */
export async function holdPosts(page: Page, pattern: string): Promise<() => Promise<void>> {
  let arrived: Route[] = [];
  await page.route(pattern, (route) =>
    route.request().method() === 'POST' ? void arrived.push(route) : route.fallback(),
  );
  return async () => {
    const routes = await waitFor(() => Promise.resolve(arrived.length > 0 ? arrived : undefined));
    arrived = [];
    await Promise.all(
      routes.map(async (route) => route.fulfill({ response: await route.fetch() })),
    );
  };
}

/** Whether it is the URL of a stream that tabs share. */
export const isStream = (url: string | URL): boolean =>
  new URL(url).pathname.endsWith('/v1/streams');

/**
 * Has nothing be read but streams, so that what the page learns, it learns from them.
 * @returns what lets go of the rest
 */
export async function holdLooks(page: Page): Promise<() => Promise<void>> {
  const isLook = (request: Request) => request.method() === 'GET' && !isStream(request.url());
  const held: Route[] = [];
  await page.route('**/v1/**', (route) =>
    isLook(route.request()) ? void held.push(route) : route.fallback(),
  );
  return async () => {
    await page.unroute('**/v1/**');
    await Promise.all(held.map((route) => route.continue()));
  };
}
