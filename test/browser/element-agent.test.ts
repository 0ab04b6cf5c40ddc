import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Page, type Response } from 'playwright-core';
import { waitFor } from '../support/wait-for.js';
import { holdReads } from './harness/hold.js';
import { accessibilityFaults, containsText } from './harness/inspect.js';
import { openHostPage, press, eventsOf } from './harness/host-page.js';
import { useScene } from './harness/use-scene.js';

const secret = {
  username: 'shop-admin',
  password: 'open sesame 1',
  link: 'https://shop.example/admin',
  additionalInformation: 'port 2222',
};

const stage = useScene();
let ticket: string;
let credential: string;
beforeEach(async () => {
  ticket = await stage.tickets.open('agent-1');
  credential = await stage.tickets.share(ticket, secret);
});

const open = (attributes = '', actor = 'agent-1') =>
  openHostPage(stage.scene, { ticket, as: 'agent', actor, attributes });
async function reveal(page: Page): Promise<void> {
  await press(page, 'Reveal all');
  await page.getByText(secret.password).waitFor();
}
/** Somebody else changes the notes, and the page knows it. */
async function change(page: Page, additionalInformation: string, version: number): Promise<void> {
  const isKnown = async (response: Response) =>
    response.url().endsWith('/credentials') &&
    (await response.text()).includes(`"noteVersion":${version + 1}`);
  const known = page.waitForResponse(isKnown);
  const path = `/${ticket}/credentials/${credential}`;
  await stage.tickets.call(
    'agent-1',
    'PATCH',
    path,
    { additionalInformation },
    { 'if-match': `"${version}"` },
  );
  await known;
}
const gone = (page: Page) => waitFor(async () => !(await containsText(page, secret.password)));

describe('the agent', () => {
  it('an agent takes a ticket and reveals all with one key; the former assignee is informed and sees nothing more', async () => {
    const before = await open();
    await reveal(before);
    const page = await open('', 'agent-2');
    await page.getByText('Name of agent-1 works on this ticket.').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(secret.password).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await before.getByText('Name of agent-2 took over this ticket').waitFor();
    await gone(before);
    await page.getByText('Access log').click();
    await page.getByText('Name of agent-2 viewed').waitFor();
    expect(await eventsOf(page)).toEqual(expect.arrayContaining(['pc-taken', 'pc-revealed']));
  });

  it('an end removes an open reveal at once, and the agent can download the receipt', async () => {
    const page = await open();
    await reveal(page);
    // No look can tell, so the stream does.
    const letGo = await holdReads(page);
    await stage.tickets.call('agent-1', 'PATCH', `/${ticket}`, { status: 'resolved' });
    await gone(page);
    await letGo();
    await page.getByText('What was revealed is gone from this screen').waitFor();
    const download = page.waitForEvent('download');
    await press(page, 'Download signed receipt');
    expect((await download).suggestedFilename()).toMatch(/^receipt-.*\.jws$/);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('a reveal is masked while its window is not in front, can be copied, and comes back without a second reveal', async () => {
    const page = await open();
    await reveal(page);
    // Playwright has every page believe that it is in front; this one shall know.
    const session = await page.context().newCDPSession(page);
    const pretend = (enabled: boolean) =>
      session.send('Emulation.setFocusEmulationEnabled', { enabled });
    await pretend(false);
    await page.evaluate("dispatchEvent(new Event('blur'))");
    const other = await page.context().newPage();
    await other.bringToFront();
    await gone(page);
    expect(await page.getByText('Masked while this window is not in front').count()).toBe(1);
    await page.bringToFront();
    await pretend(true);
    await page.evaluate("dispatchEvent(new Event('focus'))");
    await page.getByText(secret.password).waitFor();
    const reveals = (await eventsOf(page)).filter((type) => type === 'pc-revealed');
    expect(reveals).toHaveLength(1);

    await press(page, 'Mask');
    await gone(page);
    await press(page, 'Copy password');
    await waitFor(
      async () => (await page.evaluate('navigator.clipboard.readText()')) === secret.password,
    );
  });

  it('the clipboard is cleared and the reveal hidden after the times that the host page sets', async () => {
    const page = await open('clipboard-seconds="2000" reveal-seconds="5000"');
    await page.clock.install();
    await reveal(page);
    await press(page, 'Copy password');
    await page.getByText('Password copied').waitFor();
    await page.clock.fastForward(2_000_000);
    await waitFor(async () => (await page.evaluate('navigator.clipboard.readText()')) === '');
    expect(await containsText(page, secret.password)).toBe(true);
    await page.clock.fastForward(3_000_000);
    await page.getByText('Hidden after the time that was set.').waitFor();
    expect(await containsText(page, secret.password)).toBe(false);
  });

  it('an agent keeps typed notes when another agent saved first, and chooses what to store', async () => {
    const page = await open();
    await reveal(page);
    await press(page, 'Edit notes');
    await page.getByLabel('Notes').fill('mine');
    await change(page, 'theirs', 1);
    await press(page, 'Save');
    await page.getByText('Somebody else changed the notes while you were writing.').waitFor();
    expect(await page.getByLabel('Notes').inputValue()).toBe('mine');
    await press(page, 'Show theirs');
    await page.getByText('theirs', { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // A version that the agent has not read yet is not overwritten.
    await change(page, 'newer', 2);
    await press(page, 'Save mine over it');
    await press(page, 'Show theirs');
    await page.getByText('newer', { exact: true }).waitFor();
    await press(page, 'Save mine over it');
    await page.getByText('Notes saved.').waitFor();
    expect(await stage.tickets.revealed(ticket, 'agent-1')).toMatchObject([
      { additionalInformation: 'mine', noteVersion: 4 },
    ]);
  });

  it('replacing a credential destroys it and asks the customer for a new one', async () => {
    const page = await open();
    const customer = await openHostPage(stage.scene, {
      ticket,
      as: 'customer',
      actor: 'customer-1',
    });
    await reveal(page);
    await press(page, 'Delete and request new');
    await press(page, 'Destroy and ask');
    await gone(page);
    await page.getByText('The customer was asked').first().waitFor();
    await customer.getByText('Name of agent-1 asks you to share credentials').waitFor();
  });
});
