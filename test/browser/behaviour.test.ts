import { describe, expect, it } from '@jest/globals';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

/** Would say so in the console, which the test hears, and on the window. */
const payloads = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=1</script>',
  '"><svg onload=window.pwned=1>',
  "javascript:window.pwned=1//'",
  '${window.pwned=1}{{window.pwned=1}}',
];

describe('typed text', () => {
  it('a reply is stored once, although its first answer was lost', async () => {
    const ticket = await stage.data.ticket('Lost answers');
    const alice = await stage.scene.person('Alice', `/tickets/${ticket}`);
    let lost = 0;
    await alice.page.route('**/replies', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
      lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await alice.page.getByLabel('Your reply').fill('Only once');
    await alice.button('Send').click();
    await alice.page.getByText('No connection to the server.').waitFor();
    expect(await alice.page.getByLabel('Your reply').inputValue()).toBe('Only once');
    await alice.button('Send').click();
    await alice.page.getByText('No connection to the server.').waitFor({ state: 'detached' });
    await alice.page.reload();
    await alice.page.locator('.message', { hasText: 'Only once' }).waitFor();
    expect(await alice.page.locator('.message', { hasText: 'Only once' }).count()).toBe(1);
  });

  it('markup and scripts in a ticket or reply are shown as text, and do nothing', async () => {
    const ticket = await stage.data.ticket(payloads.join(' '), payloads.join('\n'));
    for (const payload of payloads) await stage.data.reply(stage.data.alice, ticket, payload);
    const bob = await stage.scene.person('Bob');
    await bob.page.getByText(payloads[1]!).first().click();
    await bob.page.locator('.message', { hasText: payloads[4]! }).last().waitFor();
    for (const payload of payloads)
      expect(await bob.page.getByText(payload).count()).toBeGreaterThan(1);
    expect(await bob.page.locator('main img, main script').count()).toBe(0);
    expect(await bob.page.evaluate('window.pwned === undefined')).toBe(true);
  });
});

describe('two people at one ticket', () => {
  it('an agent cannot take a ticket that another agent has just taken', async () => {
    const ticket = await stage.data.ticket('Contested');
    const [bob, dave] = [
      await stage.scene.person('Bob', `/tickets/${ticket}`),
      await stage.scene.person('Dave', `/tickets/${ticket}`),
    ];
    await dave.button('Take this ticket').waitFor();
    await dave.page.route('**/v1/tickets/*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await bob.button('Take this ticket').click();
    await bob.button('Give it back').waitFor();
    await dave.button('Take this ticket').click();
    await dave.page.getByText('Somebody else changed this ticket meanwhile.').waitFor();
    await dave.page.unroute('**/v1/tickets/*');
    await dave.page.locator('dd', { hasText: 'Bob Agent' }).waitFor();
  });

  it('a reply appears at the other person without a reload', async () => {
    const ticket = await stage.data.ticket('Talk');
    const [alice, bob] = [
      await stage.scene.person('Alice', `/tickets/${ticket}`),
      await stage.scene.person('Bob', `/tickets/${ticket}`),
    ];
    await bob.page.getByLabel('Your reply').fill('Are you there?');
    await bob.page.getByLabel('Your reply').press('Control+Enter');
    await alice.page.locator('.message', { hasText: 'Are you there?' }).waitFor();
  });
});

describe('a long queue', () => {
  it('a long queue can be paged to its end, keeps older pages, and its filters are routes', async () => {
    for (let count = 1; count <= 45; count += 1) await stage.data.ticket(`Long queue ${count}`);
    await stage.data.change(await stage.data.ticket('Mine already'), { assigneeId: 'bob' });
    const bob = await stage.scene.person('Bob', '/?assignee=none&status=open');
    const rows = bob.page.locator('.tickets li');
    await bob.page.getByText('Long queue 45').waitFor();
    expect(await rows.count()).toBe(20);
    await bob.button('Show more').click();
    await bob.page.getByText('Long queue 25', { exact: true }).waitFor();
    await bob.button('Show more').click();
    await bob.page.getByText('Long queue 1', { exact: true }).waitFor();
    // A look at the queue brings what is new at its top, and leaves its end where it is.
    await stage.data.ticket('Long queue 46');
    await bob.page.evaluate("dispatchEvent(new Event('online'))");
    await bob.page.getByText('Long queue 46', { exact: true }).waitFor();
    expect(await bob.page.getByText('Long queue 1', { exact: true }).count()).toBe(1);
    expect(await rows.count()).toBe(await rows.filter({ has: bob.page.locator('.open') }).count());
    await bob.page.getByRole('link', { name: 'Mine' }).click();
    await bob.page.getByText('Mine already').waitFor();
    await bob.page.getByLabel('Status').selectOption('Resolved');
    expect(new URL(bob.page.url()).search).toBe('?assignee=me&status=resolved');
    await bob.page.goBack();
    await bob.page.goBack();
    await bob.page.getByText('Long queue 46').waitFor();
  });
});
