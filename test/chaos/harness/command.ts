import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../../tools/stack/paths.js';

/**
 * Runs a command of ops, as `npm run <name> -- <args>` does.
 * @param env where its servers are
 * @returns what it printed
 * @throws when it fails
 */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const cwd = repositoryRoot();
  const words = [join(cwd, 'dist/tools/run.js'), 'run', name, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
  return stdout;
}
