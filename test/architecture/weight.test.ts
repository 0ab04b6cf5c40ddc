import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';

const built = (path: string) => readFileSync(`dist/apps/web/${path}`);

it('the element is one module under 28 kB as browsers get it, hardly more in gzip, that imports nothing', () => {
  const module = built('embed/private-credentials.js');
  expect(brotliCompressSync(module).length).toBeLessThan(28_000);
  expect(gzipSync(module, { level: 9 }).length).toBeLessThan(31_000);
  expect(module.toString()).not.toMatch(/\bimport\s*[({'"*]|\bfrom\s*["']/);
});

it('the page has nothing inline that a strict policy would forbid', () => {
  const page = built('index.html').toString();
  expect(page).toMatch(/<script type="module"[^>]* src="\.\/assets\//);
  expect(page).toMatch(/<link rel="icon" href="\.\/assets\/icon-[^"]+\.svg"/);
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
});
