import { describe, it } from '@jest/globals';
import { useScene } from './harness/use-scene.js';
import { type Visitor } from './harness/visitor.js';

const stage = useScene();

const password = 'Blue7Fish!';

describe('with the keyboard alone', () => {
  /** What has the focus, through every shadow tree: its own words. */
  const focused = `(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const words = element?.getAttribute('aria-label') ??
      element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    return words.trim().replace(/\\s+/g, ' ');
  })()`;

  async function tabTo({ page }: Visitor, words: RegExp): Promise<void> {
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press('Tab');
      if (words.test(await page.evaluate<string>(focused))) return;
    }
    throw new Error(`Tab leads nowhere near ${String(words)}`);
  }

  const press = async (visitor: Visitor, words: RegExp): Promise<void> => {
    await tabTo(visitor, words);
    await visitor.page.keyboard.press('Enter');
  };

  it('a customer can sign in, open a ticket, share and withdraw with the keyboard alone', async () => {
    const alice = await stage.scene.visitor();
    await alice.page.goto('/');
    await alice.button(/^Alice/).waitFor();
    await press(alice, /^(AC )?Alice Customer/);
    await alice.page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await press(alice, /^New ticket/);
    await tabTo(alice, /^Subject/);
    await alice.page.keyboard.type('Without a mouse');
    await press(alice, /^Open ticket/);
    await alice.button('Share credentials privately').waitFor();
    await press(alice, /^Share credentials privately/);
    await alice.page.getByRole('dialog').waitFor();
    await alice.page.keyboard.type('root');
    await tabTo(alice, /^Password/);
    await alice.page.keyboard.type(password);
    await alice.page.keyboard.press('Enter');
    await alice.page.getByText('Not viewed yet').waitFor();
    await press(alice, /^Withdraw/);
    await press(alice, /^Destroy now/);
    await alice.page.getByText('Not viewed yet').waitFor({ state: 'detached' });
  });

  it('an agent can find, take, reveal and resolve a ticket with the keyboard alone', async () => {
    const ticket = await stage.data.ticket('Taken by keyboard');
    await stage.data.share(ticket, { username: 'root', password });
    const bob = await stage.scene.person('Bob');
    await bob.page.getByText('Taken by keyboard').waitFor();
    await press(bob, /^Taken by keyboard/);
    await bob.page.getByRole('heading', { name: 'Taken by keyboard' }).waitFor();
    await press(bob, /^Private Credentials/);
    await bob.button('Take and view').waitFor();
    await press(bob, /^Take and view/);
    await bob.page.getByText(password, { exact: true }).waitFor();
    await press(bob, /^Resolve$/);
    await bob.page.getByText('1 credential will be destroyed.').waitFor();
    await press(bob, /^Resolve$/);
    await bob.page.getByText(password, { exact: true }).waitFor({ state: 'detached' });
  });
});
