import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from '../stack/launcher-error.js';
import { findProgram } from '../stack/find-program.js';

const script = '"$1" -q update && "$1" -q install -y --no-install-recommends libfaketime';
/** The variant for processes with several threads. */
const library = 'faketime/libfaketimeMT.so.1';

/**
 * The path of libfaketime, which a process preloads to have a clock of its own. It is
 * installed if it is missing and installing is allowed.
 * @throws LauncherError when there is none to be had
 */
export function obtainFaketime(env: NodeJS.ProcessEnv, isRoot: boolean): string {
  const found = findInstalled();
  if (found !== undefined) return found;
  const aptGet =
    isRoot && env['STACK_NO_INSTALL'] !== '1' ? findProgram('apt-get', env['PATH']) : undefined;
  // Its output goes to stderr, since a program may read results from stdout.
  if (aptGet !== undefined) {
    const noninteractive = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('/bin/sh', ['-c', script, 'sh', aptGet], {
      env: noninteractive,
      stdio: ['ignore', 2, 2],
    });
  }
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  throw new LauncherError(
    'There is no libfaketime. Install it, or on Debian run this as root and without ' +
      'STACK_NO_INSTALL=1: then apt-get installs it',
  );
}

/**
 * In Debian its folder is named after the architecture; other systems keep it beside
 * their libraries.
 */
function findInstalled(): string | undefined {
  const folders = ['/usr/lib', '/usr/lib64'].filter((folder) => existsSync(folder));
  const candidates = folders.flatMap((folder) => [
    folder,
    ...readdirSync(folder).map((name) => join(folder, name)),
  ]);
  return candidates.map((folder) => join(folder, library)).find((path) => existsSync(path));
}
