import { describe, expect, it } from '@jest/globals';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

describe('an unsent message', () => {
  it('an unsent message survives a reload and the back button, and is gone once sent', async () => {
    const ticket = await stage.data.ticket('Drafts');
    const alice = await stage.scene.person('Alice', `/tickets/${ticket}`);
    const reply = alice.page.getByLabel('Your reply');
    await reply.fill('Half a thought');
    await alice.page.reload();
    await alice.page.getByRole('heading', { name: 'Drafts' }).waitFor();
    expect(await reply.inputValue()).toBe('Half a thought');
    await alice.page.getByRole('link', { name: 'All tickets' }).click();
    await alice.page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await alice.page.goBack();
    await reply.waitFor();
    expect(await reply.inputValue()).toBe('Half a thought');
    await alice.button('Send').click();
    await alice.page.locator('.message', { hasText: 'Half a thought' }).waitFor();
    expect(await reply.inputValue()).toBe('');
    await alice.page.reload();
    await alice.page.locator('.message', { hasText: 'Half a thought' }).waitFor();
    expect(await reply.inputValue()).toBe('');
  });

  it('an unsent message is stored without its secrets, and does not say that they were shared', async () => {
    const alice = await stage.scene.person('Alice', '/new');
    const description = alice.page.getByLabel('Description');
    await description.fill('The password is Blue7Fish!');
    await alice.page.getByText('This looks like a password or a key').waitFor();
    expect(await alice.page.evaluate('JSON.stringify({ ...sessionStorage })')).not.toContain(
      'Blue7Fish',
    );
    await alice.button('Move it into the private form').click();
    await alice.page.reload();
    await description.waitFor();
    expect(await description.inputValue()).toBe('The password is [removed]');
  });

  it('a reply says that a secret was shared as soon as it was, and no earlier', async () => {
    const ticket = await stage.data.ticket('Promises');
    const alice = await stage.scene.person('Alice', `/tickets/${ticket}`);
    const reply = alice.page.getByLabel('Your reply');
    const form = alice.page.getByRole('dialog');
    await reply.fill('The password is Blue7Fish!');
    await alice.button('Move it into the private form').click();
    await form.waitFor();
    await alice.page.reload();
    await alice.page.getByRole('heading', { name: 'Promises' }).waitFor();
    expect(await reply.inputValue()).toBe('The password is [removed]');
    await reply.fill('Sorry, the password is Blue7Fish!');
    await alice.button('Move it into the private form').click();
    await form.getByLabel('Username').fill('root');
    await form.getByRole('button', { name: 'Share privately' }).click();
    await alice.page.getByText('Not viewed yet').waitFor();
    expect(await reply.inputValue()).toBe('Sorry, the password is [shared privately]');
    await alice.page.reload();
    await alice.page.getByText('Not viewed yet').waitFor();
    expect(await reply.inputValue()).toBe('Sorry, the password is [shared privately]');
  });

  it('text typed while a ticket is being opened is kept, and a person who left the page is not moved', async () => {
    const alice = await stage.scene.person('Alice', '/new');
    let letThrough = (): void => undefined;
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    await alice.page.route('**/v1/tickets', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.fallback();
    });
    await alice.page.getByLabel('Subject').fill('Sent slowly');
    await alice.button('Open ticket').click();
    await alice.page.getByLabel('Description').fill('A second thought');
    await alice.page.getByRole('link', { name: 'Cancel' }).click();
    await alice.page.getByRole('heading', { name: 'My tickets' }).waitFor();
    const answer = alice.page.waitForResponse((response) => response.request().method() === 'POST');
    letThrough();
    await (await answer).finished();
    await alice.page.getByRole('link', { name: 'New ticket' }).click();
    expect(await alice.page.getByLabel('Description').inputValue()).toBe('A second thought');
  });
});
