import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMutations } from './all.js';
import { edit, inAnyLayout } from './mutation.js';
import { runTests } from './run-tests.js';
import { Tree } from './tree.js';

describe('what is taken out', () => {
  it.each(allMutations.flatMap(({ name, edits }) => edits.map((one) => ({ name, ...one }))))(
    '$name: stands in $file, once',
    ({ file, find }) => {
      expect(readFileSync(file, 'utf8').split(inAnyLayout(find))).toHaveLength(2);
    },
  );

  it('has a name of its own, and tests that are there', () => {
    expect(new Set(allMutations.map(({ name }) => name)).size).toBe(allMutations.length);
    expect(allMutations.flatMap(({ tests }) => tests).filter((path) => !existsSync(path))).toEqual(
      [],
    );
  });
});

it('a mutation finds its words on whatever lines they are, and no similar ones', () => {
  const words = inAnyLayout('take(first, [of them]) if (all)');
  expect('take(\n  first,\n  [of them],\n)\n  if (all)').toMatch(words);
  expect('take(first, [ofthem]) if (all)').not.toMatch(words);
});

describe('the copy of the sources', () => {
  const tree = new Tree(process.cwd());
  const file = 'tools/mutations/tree.ts';
  const read = () => readFileSync(join(tree.folder, file), 'utf8');
  const original = readFileSync(file, 'utf8');
  afterAll(() => {
    rmSync(tree.folder, { recursive: true });
  });

  it('lacks what is taken out, for as long as is asked for, and the sources themselves never do', async () => {
    const seen = await tree.edited([edit(file, 'export class Tree', 'class Tree')], () =>
      Promise.resolve([read(), readFileSync(file, 'utf8')]),
    );
    expect(seen).toEqual([original.replace('export class Tree', 'class Tree'), original]);
    expect(read()).toBe(original);
  });

  it.each(['no such words', 'import'])(
    'refuses to take out %j, which is not there exactly once, and is whole again',
    async (words) => {
      const edits = [edit(file, 'export class Tree'), edit(file, words)];
      await expect(tree.edited(edits, () => Promise.resolve())).rejects.toThrow(
        `not exactly once in ${file}: ${words}`,
      );
      expect(read()).toBe(original);
    },
  );
});

describe('a run of tests', () => {
  const tree = new Tree(process.cwd());
  const file = 'tools/mutations/made.test.ts';
  const run = (code: string, limit?: number) => {
    writeFileSync(
      join(tree.folder, file),
      `import { beforeAll, expect, it } from '@jest/globals';\n${code}`,
    );
    return runTests(tree.folder, [file], limit);
  };
  afterAll(() => {
    rmSync(tree.folder, { recursive: true });
  });

  it('names the tests that noticed, and is broken where none could begin', async () => {
    const fails = "it('notices', () => { expect(1).toBe(2); });";
    expect(await run(`it('is content', () => undefined); ${fails}`)).toEqual({
      failed: ['notices'],
      passed: 1,
      broken: undefined,
    });
    const without = await run(`beforeAll(() => { throw new Error('no server'); }); ${fails}`);
    expect(without).toMatchObject({ failed: [], broken: expect.stringContaining('no server') });
    expect(await run('throw new Error("no module");')).toMatchObject({
      failed: [],
      broken: expect.stringContaining('no module'),
    });
  }, 120_000);

  it('is broken where it never ends', async () => {
    const endless = "it('hangs', () => new Promise(() => undefined), 600_000);";
    expect(await run(endless, 2_000)).toEqual({
      failed: [],
      passed: 0,
      broken: 'no end within 2 s',
    });
  }, 120_000);
});
