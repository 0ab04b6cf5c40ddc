import { describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

/** Holds up what is asked of these URLs. @returns lets it go on */
async function hold(page: Page, urls: string): Promise<() => void> {
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(urls, async (route) => {
    await held;
    await route.continue();
  });
  return letThrough;
}

describe('a network that is away', () => {
  it('a lost connection is shown, and a retry loads the view', async () => {
    await stage.data.ticket('Patience');
    const { page } = await stage.scene.person('Bob');
    await page.route('**/v1/tickets/*', (route) => route.abort('connectionrefused'));
    await page.getByText('Patience').click();
    await page.getByText('No connection to the server.').waitFor();
    await page.unroute('**/v1/tickets/*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Patience' }).waitFor();
  });

  it('a lost connection is shown once in a view that is already loaded', async () => {
    const ticket = await stage.data.ticket('Told once');
    const { page } = await stage.scene.person('Bob', `/tickets/${ticket}`);
    await page.getByRole('heading', { name: 'Told once' }).waitFor();
    await page.route('**/v1/**', (route) => route.abort('connectionrefused'));
    const failed = [/tickets\/[^/]+$/, /\/replies\b/].map((url) =>
      page.waitForEvent('requestfailed', (request) => url.test(request.url())),
    );
    await page.evaluate("dispatchEvent(new Event('online'))");
    await Promise.all(failed);
    await page.getByText('No connection to the server.').first().waitFor();
    expect(await page.getByText('No connection to the server.').count()).toBe(1);
  });
});

describe('a network that is slow', () => {
  it('a slow answer is shown as a wait, and then explained', async () => {
    const ticket = await stage.data.ticket('Slow');
    const { page } = await stage.scene.person('Bob', `/tickets/${ticket}`);
    const letThrough = await hold(page, `**/v1/tickets/${ticket}`);
    await page.reload();
    await page.getByText('Loading …').waitFor();
    await page.getByText('This takes longer than usual.').waitFor();
    letThrough();
    await page.getByRole('heading', { name: 'Slow' }).waitFor();
  });

  it('the list of the last filter stays until the new one is there or is slow', async () => {
    await stage.data.ticket('Of the filter before');
    const { page } = await stage.scene.person('Bob');
    const row = page.getByText('Of the filter before');
    await row.waitFor();
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const letThrough = await hold(page, '**/v1/tickets?*');
    await page.getByRole('link', { name: 'Unassigned', exact: true }).click();
    await page.locator('.filters [aria-current]', { hasText: 'Unassigned' }).waitFor();
    expect(await row.count()).toBe(1);
    await page.clock.runFor(300);
    await page.getByText('Loading …').waitFor();
    expect(await row.count()).toBe(0);
    letThrough();
    await row.waitFor();
  });

  it('the reply box is not shown before the replies, so that it never moves', async () => {
    const { page } = await stage.scene.person('Bob');
    const letThrough = await hold(page, '**/replies*');
    await page.goto(`/tickets/${await stage.data.ticket('Calm')}`);
    await page.getByText('Loading …').waitFor();
    expect(await page.getByLabel('Your reply').isVisible()).toBe(false);
    letThrough();
    await page.getByLabel('Your reply').waitFor();
  });
});
