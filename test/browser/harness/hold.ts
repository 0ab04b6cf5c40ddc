import { type Page, type Request, type Route } from 'playwright-core';
import { waitFor } from '../../support/wait-for.js';

/**
 * Holds POST requests to `pattern`.
 * @returns a function that sends those held so far, and hands the answers to the page
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

/** Whether it is the URL of an event stream. */
export const isStream = (url: string | URL): boolean =>
  new URL(url).pathname.endsWith('/v1/streams');

/**
 * Holds all reads except streams, so that the page learns of changes by a stream alone.
 * @returns a function that sends the held requests
 */
export async function holdReads(page: Page): Promise<() => Promise<void>> {
  const isRead = (request: Request) => request.method() === 'GET' && !isStream(request.url());
  const held: Route[] = [];
  await page.route('**/v1/**', (route) =>
    isRead(route.request()) ? void held.push(route) : route.fallback(),
  );
  return async () => {
    await page.unroute('**/v1/**');
    await Promise.all(held.map((route) => route.continue()));
  };
}
