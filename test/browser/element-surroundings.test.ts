import { expect, it } from '@jest/globals';
import { accessibilityFaults } from './harness/inspect.js';
import { isStream } from './harness/hold.js';
import { openHostPage, press, eventsOf } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

/**
 * Another origin than the gateway's; the browser never gets to it, since the
 * test answers in its place.
 */
const helpdesk = 'http://localhost:9999';

const stage = useScene({ REVEAL_REASON: 'required', CORS_ORIGINS: helpdesk });

it('the element works in a page of another origin that CORS_ORIGINS names', async () => {
  const ticket = await stage.tickets.open('agent-1');
  const page = await openHostPage(stage.scene, {
    ticket,
    as: 'customer',
    actor: 'customer-1',
    origin: helpdesk,
  });
  await page.getByRole('button', { name: 'Share credentials privately' }).click();
  await page.getByLabel('Username').fill('root');
  await page.getByLabel('Password', { exact: true }).fill('p');
  await page.getByRole('button', { name: 'Share privately' }).click();
  await page.getByText('Not viewed yet').waitFor();
  await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { status: 'resolved' });
  await page.getByText('This ticket is resolved').waitFor();
});

it('a reveal asks for a reason if one is required, and the reason is in the access log', async () => {
  const ticket = await stage.tickets.open('agent-1');
  await stage.tickets.share(ticket, { username: 'root', password: 'open sesame' });
  const page = await openHostPage(stage.scene, { ticket, as: 'agent', actor: 'agent-1' });
  await page.getByRole('button', { name: 'Reveal all' }).click();
  await page.getByLabel('Why do you need them?').fill('to read the mail queue');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('open sesame').waitFor();
  await page.getByText('Access log').click();
  await page.getByText('to read the mail queue').waitFor();
});

it('a reveal that fails after a ticket was taken says why, and can be repeated', async () => {
  const ticket = await stage.tickets.open('agent-1');
  await stage.tickets.share(ticket, { username: 'root', password: 'open sesame' });
  const page = await openHostPage(stage.scene, { ticket, as: 'agent', actor: 'agent-2' });
  await page.route('**/reveal', (route) => route.fulfill({ status: 429 }));
  await press(page, 'Take and view');
  await page.getByText('Too many requests at once.').waitFor();
  expect(await eventsOf(page)).toContain('pc-error');
  await page.unroute('**/reveal');
  await press(page, 'Reveal all');
  await page.getByLabel('Why do you need them?').fill('to read the mail queue');
  await page.keyboard.press('Enter');
  await page.getByText('open sesame').waitFor();
});

it('the element polls if a proxy blocks the stream, and says so if nothing answers at all', async () => {
  const ticket = await stage.tickets.open('agent-1');
  const page = await openHostPage(stage.scene, { ticket, as: 'customer', actor: 'customer-1' });
  await page.route(isStream, (route) => route.abort());
  await page.reload();
  await page.getByRole('button', { name: 'Share credentials privately' }).waitFor();
  await stage.tickets.call('agent-1', 'POST', `/${ticket}/credential-requests`, {
    message: 'by polling',
  });
  await page.getByText('by polling').waitFor();

  await page.context().setOffline(true);
  await page.getByText('No connection at the moment.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('No connection at the moment.').waitFor({ state: 'detached' });
});
