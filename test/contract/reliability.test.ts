import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const document = readFileSync('docs/reliability.md', 'utf8');
const paths = [...document.matchAll(/`((?:apps|docs|libs|test|tools)\/[^`]+)`/g)].map(
  ([, path]) => path!,
);
const [tables] = document.split('\n## How it is tried');
const promises = tables!.split('\n').filter((line) => /^\| (?!promise|---)/.test(line));

describe('docs/reliability.md', () => {
  it('names nothing that is not there', () => {
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('has for each promise the code that keeps it and a test that proves it', () => {
    expect(promises.length).toBeGreaterThan(0);
    const complete = /`(?:apps|libs)\/[^|]*\| `(?:test\/|apps\/.*\.test\.ts)[^|]+\|$/;
    expect(promises.filter((line) => !complete.test(line))).toEqual([]);
  });
});
