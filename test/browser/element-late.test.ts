import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { waitFor } from '../support/wait-for.js';
import { holdPosts } from './harness/hold.js';
import { openHostPage, press, eventsOf } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const password = 'open sesame 1';

const stage = useScene();
let ticket: string;
beforeEach(async () => {
  ticket = await stage.tickets.open('agent-1');
});

async function fill(page: Page, typed: string): Promise<void> {
  await press(page, 'Share credentials privately');
  await page.getByLabel('Username').fill('root');
  await page.getByLabel('Password', { exact: true }).fill(typed);
}
const typed = (page: Page) => page.getByLabel('Password', { exact: true }).inputValue();

describe('the agent', () => {
  const open = () => openHostPage(stage.scene, { ticket, as: 'agent', actor: 'agent-1' });

  it('a sign-out of the host page removes the reveal, and a new sign-in can reveal again', async () => {
    await stage.tickets.share(ticket, { username: 'root', password });
    const page = await open();
    await press(page, 'Reveal all');
    await page.getByText(password).waitFor();
    await page.evaluate(`globalThis.source = document.querySelector('private-credentials').token;
      document.querySelector('private-credentials').token = undefined`);
    await page.getByText(password).waitFor({ state: 'detached' });
    await page.evaluate(
      `Object.assign(document.querySelector('private-credentials'), {
        token: source,
        texts: { agent: { reveal: 'Show' } },
      })`,
    );
    await press(page, 'Show');
    await page.getByText(password).waitFor();
    await page.evaluate(
      `Object.assign(document.querySelector('private-credentials'), {
        token: () => token,
        texts: { agent: { hideNow: 'Off' } },
      })`,
    );
    await press(page, 'Off');
  });

  it('a reveal is gone after the computer slept past its time', async () => {
    await stage.tickets.share(ticket, { username: 'root', password });
    const page = await open();
    await page.clock.install();
    await press(page, 'Reveal all');
    await page.getByText(password).waitFor();
    // The day has gone on, and no timer with it.
    await page.clock.setSystemTime(Date.now() + 3_600_000);
    await page.getByText('Hidden after the time that was set.').waitFor();
    expect(await page.getByText(password).count()).toBe(0);
  });

  it('a credential withdrawn while the reveal is on its way is never shown', async () => {
    const withdrawn = await stage.tickets.share(ticket, { username: 'root', password });
    await stage.tickets.share(ticket, { username: 'stays', password: 'p' });
    const page = await open();
    await page.route('**/reveal', async (route) => {
      const response = await route.fetch();
      await stage.tickets.call('customer-1', 'DELETE', `/${ticket}/credentials/${withdrawn}`);
      await waitFor(async () => (await eventsOf(page)).includes('pc-destroyed') || undefined);
      await route.fulfill({ response });
    });
    await press(page, 'Reveal all');
    await page.getByText('stays').waitFor();
    expect(await page.getByText(password).count()).toBe(0);
  });

  it('nothing is shown if another agent took the ticket while the reveal was on its way', async () => {
    await stage.tickets.share(ticket, { username: 'root', password });
    const page = await open();
    await page.route('**/reveal', async (route) => {
      const response = await route.fetch();
      const { version } = (await stage.tickets.call('agent-2', 'GET', `/${ticket}`)).body as {
        version: number;
      };
      await stage.tickets.call(
        'agent-2',
        'PATCH',
        `/${ticket}`,
        { assigneeId: 'agent-2' },
        { 'if-match': `"${version}"` },
      );
      await page.getByText('Name of agent-2 works on this ticket.').waitFor();
      await route.fulfill({ response });
    });
    const answered = page.waitForResponse('**/reveal');
    await press(page, 'Reveal all');
    await (await answered).finished();
    await page.getByText('Name of agent-2 works on this ticket.').waitFor();
    expect(await eventsOf(page)).not.toContain('pc-revealed');
  });

  it('typing goes on while notes are being saved, without a conflict or a changed line break', async () => {
    const credential = await stage.tickets.share(ticket, {
      username: 'root',
      password,
      additionalInformation: 'port\r\n2222',
    });
    const page = await open();
    await press(page, 'Reveal all');
    await press(page, 'Edit notes');
    const notes = page.getByRole('textbox', { name: 'Notes' });
    await page.route(`**/${credential}`, async (route) => {
      const response = await route.fetch();
      await notes.press('!');
      await route.fulfill({ response });
    });
    await notes.fill('port\n2222, first');
    await press(page, 'Save');
    await page.getByText('Notes saved.').waitFor();
    expect(await notes.inputValue()).toBe('port\n2222, first!');
    await page.unroute(`**/${credential}`);
    await press(page, 'Save');
    await notes.waitFor({ state: 'detached' });
    expect(await stage.tickets.revealed(ticket, 'agent-1')).toMatchObject([
      { additionalInformation: 'port\r\n2222, first!', noteVersion: 3 },
    ]);
  });
});

describe('the customer', () => {
  const open = () => openHostPage(stage.scene, { ticket, as: 'customer', actor: 'customer-1' });

  it('each Escape asks again whether to discard, and typed text is kept', async () => {
    const page = await open();
    await fill(page, 'half of it');
    for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
    await press(page, 'Keep writing');
    expect(await typed(page)).toBe('half of it');
  });

  it('text typed into a new form is kept while the last form is still being sent', async () => {
    const page = await open();
    const letGo = await holdPosts(page, '**/credentials');
    await fill(page, 'first');
    await press(page, 'Share privately');
    await page.getByText('Sharing …').waitFor();
    expect(await page.locator('[inert]').count()).toBe(1);
    await press(page, 'Cancel');
    await press(page, 'Discard');
    await fill(page, 'second');
    await letGo();
    await page.getByText('Shared. It is not shown again').waitFor();
    expect(await typed(page)).toBe('second');
    await press(page, 'Share privately');
    await letGo();
    await waitFor(
      async () => (await stage.tickets.revealed(ticket, 'agent-1')).length === 2 || undefined,
    );
  });

  it('text typed for one ticket never appears at another', async () => {
    const page = await open();
    await fill(page, 'for the first');
    const other = JSON.stringify(await stage.tickets.open());
    await page.evaluate(`document.querySelector('private-credentials').ticket = ${other}`);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await fill(page, '');
    expect(await typed(page)).toBe('');
  });
});
