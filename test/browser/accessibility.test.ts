import { beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults, overflowOf, saveScreenshot } from './harness/inspect.js';
import { useScene } from './harness/use-scene.js';
import { type Visitor } from './harness/visitor.js';

const stage = useScene();
let live: string;
let ended: string;
beforeAll(async () => {
  const { data } = stage;
  const subjects = [
    'Newsletter signup shows an error',
    'Invoice for October is missing',
    'Search finds nothing since the update',
  ];
  for (const subject of subjects) await data.ticket(subject);
  ended = await data.ticket('Certificate about to expire', 'The shop certificate ends on Friday.');
  await data.share(ended, { username: 'certbot', password: 'gone with the ticket' });
  await data.change(ended, { assigneeId: 'bob' });
  await data.change(ended, { status: 'resolved' });
  live = await data.ticket(
    'Online shop is down',
    'Checkout answers 500 for every customer.\n\nIt began this morning at about nine, after the nightly update.',
  );
  await data.share(live, {
    username: 'shop-admin',
    password: 'not-a-real-password',
    link: 'https://shop.example/admin',
    additionalInformation: 'Second factor: call me.',
  });
  await data.share(live, { username: 'deploy', password: 'neither-is-this' });
  await data.change(live, { assigneeId: 'bob' });
  await data.reply(
    data.bob,
    live,
    'Thanks Alice, I am looking into it. Could you share access to the admin panel? The plus beside the reply box keeps it private.',
  );
  await data.reply(data.alice, live, 'Done, it is in the private form.');
});

/** Looks at what is on the screen now, in both colour schemes. */
async function look({ page }: Visitor, name: string, width: number): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colours that are on their way from one scheme to the other are neither's.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect([name, colorScheme, await accessibilityFaults(page)]).toEqual([name, colorScheme, []]);
    expect([name, await overflowOf(page)]).toEqual([name, 0]);
    await saveScreenshot(page, `${name}-${width}-${colorScheme}`);
  }
}

describe.each([
  [1440, 900],
  [360, 740],
])('at a width of %d', (width, height) => {
  const options = { viewport: { width, height } };

  it('the sign-in view is accessible, and fits the window', async () => {
    const visitor = await stage.scene.visitor(options);
    await visitor.page.goto('/');
    await visitor.button(/^Bob/).waitFor();
    await look(visitor, 'sign-in', width);
  });

  it('the views of the customer are accessible, and fit the window', async () => {
    const alice = await stage.scene.person('Alice', '/', options);
    const { page } = alice;
    await page.getByText('Online shop is down').waitFor();
    await look(alice, 'customer-list', width);
    await page.getByRole('link', { name: 'New ticket' }).click();
    await alice.button('Open ticket').click();
    await page.getByText('Say in a few words').waitFor();
    await look(alice, 'new-ticket', width);
    await page.goto(`/tickets/${live}`);
    await page.getByText('Done, it is in the private form.').waitFor();
    await page.getByText('Credentials 2').waitFor();
    await look(alice, 'customer-shared', width);
    await page.getByLabel('Your reply').fill('Here you are. The password is Blue7Fish!');
    await alice.button('Send').click();
    await alice.button('Send it anyway').waitFor();
    await look(alice, 'leak-warning', width);
    await alice.button('Move it into the private form').click();
    await page.getByRole('dialog').waitFor();
    await look(alice, 'private-form', width);
    await page.goto('/tickets/nowhere');
    await page.getByText('There is no such ticket').waitFor();
    await look(alice, 'not-found', width);
    const carol = await stage.scene.person('Carol', '/', options);
    await carol.page.getByText('No tickets yet').waitFor();
    await look(carol, 'empty', width);
  });

  it('the views of the agent are accessible, and fit the window', async () => {
    const bob = await stage.scene.person('Bob', '/', options);
    const { page } = bob;
    await page.getByText('Online shop is down').waitFor();
    await look(bob, 'agent-queue', width);
    await page.goto(`/tickets/${live}`);
    await page.getByText('Done, it is in the private form.').waitFor();
    await look(bob, 'agent-ticket', width);
    await bob.button('Resolve').click();
    await page.getByText('2 credentials will be destroyed.').waitFor();
    await look(bob, 'end-dialog', width);
    await bob.button('Keep it as it is').click();
    await page.getByRole('link', { name: 'Private Credentials' }).last().click();
    await bob.button('Reveal all').waitFor();
    await look(bob, 'agent-credentials', width);
    await bob.button('Reveal all').click();
    await page.getByText('shop-admin').waitFor();
    await look(bob, 'agent-revealed', width);
    await page.goto(`/tickets/${ended}?view=credentials`);
    await page.getByText('Destruction receipts').waitFor();
    await look(bob, 'agent-ended', width);
  });

  it('the view of the admin is accessible, and fits the window', async () => {
    const erin = await stage.scene.person('Erin', `/tickets/${live}`, options);
    await erin.page.getByRole('columnheader', { name: 'Outcome' }).waitFor();
    await erin.page.getByText('ticket assigned to Bob Agent').waitFor();
    await look(erin, 'admin-ticket', width);
  });
});
