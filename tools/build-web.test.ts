import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

const module: string = resolve('tools/build-web.mjs');
const { replace } = (await import(module)) as {
  replace: (draft: string, place: string) => Promise<void>;
};
const folder = mkdtempSync(join(tmpdir(), 'build-web-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('several builds may replace the page at once: one result stays, whole, and nothing beside it', async () => {
  const place = join(folder, 'apps/web');
  for (let round = 0; round < 30; round += 1) {
    const drafts = [1, 2, 3, 4].map((number) => join(folder, `draft-${number}`));
    for (const draft of drafts) {
      mkdirSync(draft);
      for (const name of ['index.html', 'element.js']) writeFileSync(join(draft, name), draft);
    }
    await Promise.all(drafts.map((draft) => replace(draft, place)));
    const contents = readdirSync(place).map((name) => readFileSync(join(place, name), 'utf8'));
    expect(contents).toHaveLength(2);
    expect(new Set(contents).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['apps']);
  }
});
