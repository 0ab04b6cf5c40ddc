import { describe, expect, it } from '@jest/globals';
import { waitFor } from '../support/wait-for.js';
import { openHostPage } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

describe('a shared secret with markup', () => {
  const evil = [
    '<img src=x onerror="globalThis.pwned=1">',
    '"><script>globalThis.pwned=1</script>',
    "${globalThis.pwned=1}{{constructor.constructor('globalThis.pwned=1')()}}",
    '</textarea><svg/onload=globalThis.pwned=1>\u202egnp.exe',
  ];

  it.each(evil)('a secret is shown as text everywhere, and never runs: %s', async (payload) => {
    const link = `https://shop.example/"onmouseover="globalThis.pwned=1//${encodeURI(payload)}`;
    const ticket = await stage.tickets.open('agent-1');
    await stage.tickets.share(ticket, {
      username: payload,
      password: payload,
      link,
      additionalInformation: payload,
    });
    await stage.tickets.call('agent-1', 'POST', `/${ticket}/credential-requests`, {
      message: payload,
    });
    const customer = await openHostPage(stage.scene, {
      ticket,
      as: 'customer',
      actor: 'customer-1',
    });
    await customer.getByText(payload).waitFor();
    const page = await openHostPage(stage.scene, { ticket, as: 'agent', actor: 'agent-1' });
    await page.getByRole('button', { name: 'Reveal all' }).click();
    await waitFor(async () => (await page.getByText(payload).count()) === 4);
    await page.getByRole('link').hover();
    await page.getByRole('button', { name: 'Edit notes' }).click();
    expect(await page.getByLabel('Notes').inputValue()).toBe(payload);
    for (const tab of [page, customer])
      expect(await tab.evaluate('globalThis.pwned')).toBeUndefined();
  });
});
