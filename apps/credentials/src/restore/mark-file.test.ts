import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readMarkFile, writeMarkFile } from './mark-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mark-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('the mark file is whole, and alone in its folder, though many processes of the same id write it at once', async () => {
  const file = join(folder, 'mark.jws');
  expect(readMarkFile(file)).toBeNull();
  const statements = Array.from({ length: 20 }, (_, index) =>
    String(index).repeat(1000 * (20 - index)),
  );
  await Promise.all(statements.map((statement) => writeMarkFile(file, statement)));
  expect(statements).toContain(readMarkFile(file));
  expect(readdirSync(folder)).toEqual(['mark.jws']);
});
