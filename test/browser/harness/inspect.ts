import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Colours on their way from one scheme to the other are nobody's. */
const settled = `new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))`;

/**
 * What axe finds wrong with what is on the screen now: WCAG 2.2 A and
 * AA, and its best practices.
 */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(settled);
  // Evaluated by the debugger, so the page's policy is no
  // hindrance, and stays what it is.
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axe} })()`);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/**
 * How far the page is wider than its window, in CSS pixels; 0 is
 * what people on a phone want.
 */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth');

/** Whether the plaintext is anywhere in the page, hidden or not. */
export const holds = (page: Page, text: string): Promise<boolean> =>
  page.evaluate(`(function find(root) {
    const text = ${JSON.stringify(text)};
    return [...root.querySelectorAll('*')].some((element) =>
      element.value?.includes?.(text) ||
      element.shadowRoot &&
        (element.shadowRoot.textContent.includes(text) || find(element.shadowRoot)));
  })(document)`);

/** Keeps a picture where `SCREENSHOTS_DIR` says so. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS_DIR'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
