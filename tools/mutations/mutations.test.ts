import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { custodyMutations } from './custody.js';
import { messagingMutations } from './messaging.js';
import { edit } from './mutation.js';
import { ticketsMutations } from './tickets.js';
import { Tree } from './tree.js';

const all = [...custodyMutations, ...messagingMutations, ...ticketsMutations];

describe('what is taken out', () => {
  it.each(all.flatMap(({ name, edits }) => edits.map((one) => ({ name, ...one }))))('$name: stands in $file, once', ({ file, find }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
  });

  it('has a name of its own, and tests that are there', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.flatMap(({ tests }) => tests).filter((path) => !existsSync(path))).toEqual([]);
  });
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

  it.each(['no such words', 'import'])('refuses to take out %j, which is not there exactly once, and is whole again', async (words) => {
    const edits = [edit(file, 'export class Tree'), edit(file, words)];
    await expect(tree.edited(edits, () => Promise.resolve())).rejects.toThrow(`not exactly once in ${file}: ${words}`);
    expect(read()).toBe(original);
  });
});
