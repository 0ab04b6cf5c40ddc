import { beforeEach, describe, expect, it } from '@jest/globals';
import { accessibilityFaults } from './harness/inspect.js';
import { openHostPage, press } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();
let ticket: string;
beforeEach(async () => {
  ticket = await stage.tickets.open('agent-1');
});

/** The agent's page of the ticket, with this link revealed in it. */
async function revealed(link: string) {
  await stage.tickets.share(ticket, { username: 'shop-admin', password: 'open sesame 1', link });
  const page = await openHostPage(stage.scene, { ticket, as: 'agent', actor: 'agent-1' });
  await press(page, 'Reveal all');
  await page.getByText('open sesame 1').waitFor();
  return page;
}

describe('a link that the agent reads', () => {
  it('a link opens in a new tab, without opener and referrer', async () => {
    const page = await revealed('https://shop.example/admin');
    const link = page.getByRole('link', { name: 'https://shop.example/admin' });
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener noreferrer',
    ]);
    expect(await page.getByText('Leads to').count()).toBe(0);
  });

  it('a link whose host is written in one alphabet has no warning', async () => {
    const page = await revealed('https://müller.example/login');
    await page.getByRole('link', { name: 'https://müller.example/login' }).waitFor();
    expect(await page.getByText('Leads to').count()).toBe(0);
  });

  it('a link whose host looks like another one shows the real host', async () => {
    const page = await revealed('https://аpple.com/login');
    await page.getByRole('link', { name: 'https://аpple.com/login' }).waitFor();
    await page.getByText('Leads to xn--pple-43d.com').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
