import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withoutLimits } from '../without-limits.js';

const run = promisify(execFile);

/** What `npm ci --omit=dev` brings. */
export interface Installed {
  /** Of 2^20 bytes, as they lie on the disk. */
  readonly megabytes: number;
  readonly packages: number;
}

const toInstall = ['package.json', 'package-lock.json', '.npmrc'];

/** Installs what a tree needs to run, in the folder `place`, and removes it again. */
export async function installForProduction(tree: string, place: string): Promise<Installed> {
  mkdirSync(place);
  for (const file of toInstall) cpSync(join(tree, file), join(place, file));
  const flags = ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', flags, { cwd: place, env: withoutLimits });
  const packages = join(place, 'node_modules');
  const { stdout } = await run('du', ['-sk', packages]);
  const lock = readFileSync(join(packages, '.package-lock.json'), 'utf8');
  rmSync(place, { recursive: true });
  return {
    megabytes: Number.parseInt(stdout, 10) / 1024,
    packages: Object.keys((JSON.parse(lock) as { packages: object }).packages).length,
  };
}
