import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/**
 * `now()` and its like are when the transaction began; a statement that waits for a
 * lock decides seconds later.
 */
const beginning =
  /(?<![.\w]|DEFAULT )(now\(\)|current_timestamp|transaction_timestamp\(\)|localtimestamp)/i;

/**
 * Columns may have such a default, which our statements do not rely on where time
 * decides. A migration runs once.
 */
const isStatement = (path: string): boolean =>
  path.endsWith('.ts') && !/\.test\.ts$|\/migrations\/|^apps\/web\//.test(path);

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
);

describe('time in statements', () => {
  it('is read when it decides, never the beginning of the transaction', () => {
    const found = sources
      .filter(isStatement)
      .filter((path) => beginning.test(withoutComments(readFileSync(path, 'utf8'))));
    expect(found).toEqual([]);
  });

  it('would be found where a statement asks when its transaction began', () => {
    expect(beginning.test('expires_at > now()')).toBe(true);
    expect(beginning.test('performance.now() < Date.now()')).toBe(false);
  });
});

const withoutComments = (source: string): string => source.replace(/\/\*.*?\*\/|\/\/.*$/gms, '');
