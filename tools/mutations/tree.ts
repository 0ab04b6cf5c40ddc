import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Edit, inAnyLayout } from './mutation.js';

/** All that a test reads. */
const parts = [
  'apps',
  'docs',
  'libs',
  'test',
  'tools',
  'jest.config.mjs',
  'package.json',
  '.swcrc',
];
/** Built, or installed. */
const left = new Set(['node_modules', 'dist']);

/**
 * A copy of the sources, in the temporary folder of this run, which goes with it: nothing
 * is ever taken out of the real ones.
 */
export class Tree {
  readonly folder = mkdtempSync(join(tmpdir(), 'mutations-'));

  constructor(root: string) {
    for (const part of parts)
      cpSync(join(root, part), join(this.folder, part), {
        recursive: true,
        filter: (path) => !left.has(basename(path)),
      });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /**
   * Does something while the edits are made.
   * @throws when the words of one are not there exactly once: then it takes nothing out,
   *   and its mutation would prove nothing
   */
  async edited<T>(edits: readonly Edit[], work: () => Promise<T>): Promise<T> {
    const before = new Map(
      edits.map(({ file }) => [file, readFileSync(join(this.folder, file), 'utf8')]),
    );
    try {
      for (const edit of edits) this.make(edit);
      return await work();
    } finally {
      for (const [file, content] of before) writeFileSync(join(this.folder, file), content);
    }
  }

  private make({ file, find, replace }: Edit): void {
    const path = join(this.folder, file);
    const [head, tail, ...more] = readFileSync(path, 'utf8').split(inAnyLayout(find));
    if (head === undefined || tail === undefined || more.length > 0)
      throw new Error(`not exactly once in ${file}: ${find.trim()}`);
    writeFileSync(path, `${head}${replace}${tail}`);
  }
}
