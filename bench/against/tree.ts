import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../tools/stack/paths.js';

const run = promisify(execFile);
const git = async (...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: repositoryRoot(), maxBuffer: 2 ** 26 })).stdout.trim();

/** The whole name of a commit, of whatever names it. */
export const nameOf = (commit: string): Promise<string> =>
  git('rev-parse', '--verify', `${commit}^{commit}`);

/**
 * What a commit holds, in the folder `tree`, which is used again where it stands there
 * already: a commit never changes. Its `npm start` installs and builds it.
 */
export async function checkOut(name: string, tree: string): Promise<string> {
  if (existsSync(tree)) return tree;
  const [draft, archive] = [`${tree}.new`, `${tree}.tar`];
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o711 });
  await git('archive', '--format=tar', '-o', archive, name);
  await run('tar', ['-xf', archive, '-C', draft]);
  rmSync(archive);
  renameSync(draft, tree);
  return tree;
}

/**
 * This tree as it is now, committed or not. A copy, so that it may be edited while it is
 * measured.
 */
export async function copyThisTree(tree: string): Promise<string> {
  const root = repositoryRoot();
  rmSync(tree, { recursive: true, force: true });
  const listed = await git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of listed
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path))))
    cpSync(join(root, file), join(tree, file));
  return tree;
}

/** Such a copy, which borrows the packages that are installed here. */
export async function copyWithPackages(tree: string): Promise<string> {
  await copyThisTree(tree);
  symlinkSync(join(repositoryRoot(), 'node_modules'), join(tree, 'node_modules'));
  return tree;
}
