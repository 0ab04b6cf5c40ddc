import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { waitFor } from '../support/wait-for.js';
import { accessibilityFaults } from './harness/inspect.js';
import { openHostPage, tokenOf, eventsOf } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();
let ticket: string;
let page: Page;
beforeEach(async () => {
  ticket = await stage.tickets.open('agent-1');
  page = await openHostPage(stage.scene, { ticket, as: 'customer', actor: 'customer-1' });
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: name === 'Password' });
async function fill(username: string, password: string): Promise<void> {
  await button('Share credentials privately').click();
  await field('Username').fill(username);
  await field('Password').fill(password);
}
/** The accessible name of the focused element, also in a shadow tree. */
const focused = () =>
  page.evaluate(`(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id || element?.textContent?.trim();
  })()`);

describe('the customer', () => {
  it('a customer can share and withdraw with the keyboard alone', async () => {
    await button('Share credentials privately').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await waitFor(async () => (await focused()) === 'username' || undefined);
    await page.keyboard.type('root');
    await page.keyboard.press('Tab');
    await page.keyboard.type(' pass word ');
    await page.keyboard.press('Enter');
    await page.getByText('Not viewed yet').waitFor();
    expect(await focused()).toBe('Share credentials privately');
    expect(await stage.tickets.revealed(ticket, 'agent-1')).toMatchObject([
      { username: 'root', password: ' pass word ', link: null },
    ]);
    await page.getByText('Viewed once').waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await waitFor(async () => (await focused()) === 'Cancel' || undefined);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Viewed once').waitFor({ state: 'detached' });
    await waitFor(async () => (await focused()) === 'Share credentials privately' || undefined);
    expect(await eventsOf(page)).toEqual(expect.arrayContaining(['pc-submitted', 'pc-destroyed']));
  });

  it('each fault is shown beside its field, and typed text is kept', async () => {
    await button('Share credentials privately').click();
    await button('Share privately').click();
    await page.getByText('Username is needed.').waitFor();
    expect(await focused()).toBe('username');
    await field('Username').fill('root');
    await field('Password').fill('p');
    await field('Link / URL').fill('ftp://shop.example');
    expect(await accessibilityFaults(page)).toEqual([]);
    await button('Share privately').click();
    await page.getByText('Link / URL must be an absolute http or https URL.').waitFor();
    const other = "{ share: { fault: (field, _, code) => field + ' is wrong: ' + code } }";
    await page.evaluate(`document.querySelector('private-credentials').texts = ${other}`);
    await button('Share privately').click();
    await page.getByText('Link / URL is wrong: link').waitFor();
    expect([await focused(), await field('Username').inputValue()]).toEqual(['link', 'root']);
  });

  it('a pasted key file keeps its line breaks and blanks, and typing goes on after it', async () => {
    const key = ' -----BEGIN KEY-----\r\nabc\u00a0\tdef\r\n-----END KEY-----';
    await fill('root', '');
    await page.evaluate(`(() => {
      const input = document
        .querySelector('private-credentials')
        .shadowRoot.querySelector('pc-customer-view')
        .shadowRoot.querySelector('pc-share-form')
        .shadowRoot.querySelector('#password');
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(key)});
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, cancelable: true, bubbles: true }),
      );
    })()`);
    await page.getByText('Has several lines; they are kept.').waitFor();
    await waitFor(async () => (await focused()) === 'password' || undefined);
    await page.keyboard.type('!');
    await button('Share privately').click();
    await page.getByText('Not viewed yet').waitFor();
    expect(await stage.tickets.revealed(ticket, 'agent-1')).toMatchObject([
      { password: `${key}!` },
    ]);
  });

  it('typed text survives the end of the session', async () => {
    await fill('root', 'typed before');
    await page.evaluate("globalThis.token = 'ended'");
    await button('Share privately').click();
    await page.getByText('Your session has ended.').first().waitFor();
    expect(await field('Password').inputValue()).toBe('typed before');
    await page.evaluate(
      `globalThis.token = ${JSON.stringify(await tokenOf(stage.scene, 'customer-1'))}`,
    );
    await button('Share privately').click();
    await page.getByText('Not viewed yet').waitFor();
  });

  it('a credential is shared once, although the first answer was lost', async () => {
    let losses = 0;
    await page.route('**/credentials', async (route) => {
      if (route.request().method() !== 'POST' || losses > 0) return route.fallback();
      losses += 1;
      await route.fetch();
      return route.abort();
    });
    await fill('root', 'once');
    await button('Share privately').click();
    await page.getByText('No answer.').waitFor();
    await button('Share privately').click();
    await page.getByText('Not viewed yet').waitFor();
    expect(await stage.tickets.revealed(ticket, 'agent-1')).toHaveLength(1);
  });

  it('typed text is discarded only after a confirmation', async () => {
    await fill('root', 'half of it');
    await page.keyboard.press('Escape');
    await button('Keep writing').click();
    expect(await field('Password').inputValue()).toBe('half of it');
    // There and back, and away again: what is shown is what would be sent.
    for (const seconds of ['3600', '', '3600']) await field('Destroy it').selectOption(seconds);
    await page.keyboard.press('Escape');
    await button('Discard').click();
    await button('Share credentials privately').click();
    expect([await field('Password').inputValue(), await field('Destroy it').inputValue()]).toEqual([
      '',
      '',
    ]);
  });

  it('a customer sees a request, its fulfilment and the end of the ticket without a reload', async () => {
    await button('Share credentials privately').waitFor();
    await stage.tickets.call('agent-1', 'POST', `/${ticket}/credential-requests`, {
      message: 'The login of the shop, please',
    });
    await page.getByText('The login of the shop, please').waitFor();
    await button('Share now').click();
    await field('Username').fill('root');
    await field('Password').fill('p');
    await button('Share privately').click();
    await page.getByText('The login of the shop, please').waitFor({ state: 'detached' });
    await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { status: 'resolved' });
    await page.getByText('This ticket is resolved').waitFor();
    await button('Download signed receipt').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await eventsOf(page)).toContain('pc-ended');
  });
});
