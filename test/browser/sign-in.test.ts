import { describe, expect, it } from '@jest/globals';
import { useScene } from './harness/use-scene.js';

const stage = useScene();

describe('signing in with development accounts', () => {
  it('a tab keeps its development person over a reload until sign-out, and another tab has its own', async () => {
    const { context, page } = await stage.scene.person('Alice Customer');
    await page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My tickets' }).waitFor();
    expect(
      await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })'),
    ).not.toMatch(/eyJ/);
    const second = await context.newPage();
    await second.goto('/');
    await second.getByRole('button', { name: /^Bob Agent/ }).click();
    await second.getByRole('heading', { name: 'Tickets', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My tickets' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });
});
