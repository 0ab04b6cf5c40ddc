import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';

/**
 * Bytes of script of the whole page, compressed: what somebody on a slow line waits for.
 */
const mostScript = 60_000;

it('the page is quick on a slow line: all of its script is under 60 kB compressed', () => {
  const scripts = readdirSync('dist/apps/web/assets').filter((name) => name.endsWith('.js'));
  const sizes = scripts.map(
    (name) => gzipSync(readFileSync(`dist/apps/web/assets/${name}`), { level: 9 }).length,
  );
  expect(scripts.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(mostScript);
});
