import { expect, it } from '@jest/globals';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

it('the customer and an admin see the newest receipts, and older ones on demand', async () => {
  const ticket = await stage.data.ticket('Much withdrawn');
  for (let count = 0; count < 21; count += 1) {
    const { id } = await stage.data.share(ticket, { username: 'root', password: 'p' });
    const authorization = `Bearer ${stage.data.alice.token}`;
    const path = `/v1/tickets/${ticket}/credentials/${id}`;
    await fetch(new URL(path, stage.scene.system.url), {
      method: 'DELETE',
      headers: { authorization },
    });
  }
  const alice = await stage.scene.person('Alice', `/tickets/${ticket}`);
  const receipts = alice.page.locator('pc-receipts');
  await receipts.getByText('20+').waitFor();
  await receipts.locator('summary').click();
  expect(await receipts.locator('li').count()).toBe(20);
  await receipts.getByRole('button', { name: 'Show more' }).click();
  await receipts.locator('summary').getByText('21', { exact: true }).waitFor();
  expect(await receipts.locator('li').count()).toBe(21);

  const erin = await stage.scene.person('Erin', `/tickets/${ticket}`);
  const card = erin.page.locator('admin-view .card').nth(1);
  await card.getByRole('button').click();
  await card.locator('p').nth(20).waitFor();
  expect([await card.locator('p').count(), await card.getByRole('button').count()]).toEqual([
    21, 0,
  ]);
});
