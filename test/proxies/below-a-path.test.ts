import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../e2e/system.js';
import { tellsTheStory } from './guarantees/story.js';
import { passesTheStream } from './guarantees/stream.js';
import { environment, Street } from './harness/street.js';
import { nginxBelowAPath as product } from './products/nginx.js';

let system: System;
let opened: Street | undefined;
beforeAll(async () => {
  system = await startSystem({
    ...environment,
    PUBLIC_URL: `https://desk.example${product.path}/`,
  });
  opened = await Street.open(system, [product]);
}, 180_000);
afterAll(async () => {
  await opened?.close();
  await system.stop();
}, 60_000);

const street = () => opened!;

describe('nginx below a path, as docs/proxies.md has it', () => {
  tellsTheStory({ street, product });
  passesTheStream({ street, product });

  it('gives the page and every file of it, and nothing from above the path', async () => {
    const caller = street().caller(product);
    const page = await caller.call(null, 'GET', '/');
    const links = [...(page.body as string).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, link]) => new URL(link ?? '', `${caller.url}/`),
    );
    expect(links.length).toBeGreaterThan(1);
    for (const { href } of links) {
      expect(href).toMatch(new RegExp(`^${caller.url}/`));
      expect([
        href,
        (await caller.call(null, 'GET', href.slice(caller.url.length))).status,
      ]).toEqual([href, 200]);
    }
  });
});
