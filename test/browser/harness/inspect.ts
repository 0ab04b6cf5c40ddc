import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Waits for transitions of colours, which axe would judge halfway. */
const settled = `new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(resolve)))
  .then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))`;

/** The violations that axe finds now: WCAG 2.2 A and AA, and its best practices. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(settled);
  // Evaluated by the debugger, so that the policy of the page need not be relaxed.
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axe} })()`);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** How much wider the page is than its window, in CSS pixels. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth');

/** Whether the text is anywhere in the DOM, also in shadow trees and fields. */
export const containsText = (page: Page, text: string): Promise<boolean> =>
  page.evaluate(`(function find(root) {
    const text = ${JSON.stringify(text)};
    return [...root.querySelectorAll('*')].some((element) =>
      element.value?.includes?.(text) ||
      element.shadowRoot &&
        (element.shadowRoot.textContent.includes(text) || find(element.shadowRoot)));
  })(document)`);

/** Saves a screenshot if `SCREENSHOTS_DIR` is set. */
export async function saveScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS_DIR'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
