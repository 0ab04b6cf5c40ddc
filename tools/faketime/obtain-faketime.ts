import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherFault } from '../stack/fault.js';
import { findProgram } from '../stack/find-program.js';

const script = '"$1" -q update && "$1" -q install -y --no-install-recommends libfaketime';
/** The one for processes of several threads. */
const library = 'faketime/libfaketimeMT.so.1';

/**
 * The path of libfaketime, which a process preloads to have a clock of its own. Installed
 * where that is allowed and needed.
 * @throws LauncherFault when there is none to be had
 */
export function obtainFaketime(env: NodeJS.ProcessEnv, isRoot: boolean): string {
  const found = findInstalled();
  if (found !== undefined) return found;
  const aptGet =
    isRoot && env['STACK_NO_INSTALL'] !== '1' ? findProgram('apt-get', env['PATH']) : undefined;
  // It prints to stderr: stdout is for results, which a program may read.
  if (aptGet !== undefined) {
    const noninteractive = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('/bin/sh', ['-c', script, 'sh', aptGet], {
      env: noninteractive,
      stdio: ['ignore', 2, 2],
    });
  }
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  throw new LauncherFault(
    'There is no libfaketime. Install it, or on Debian run this as root and without ' +
      'STACK_NO_INSTALL=1: then apt-get installs it',
  );
}

/**
 * Debian keeps it in a folder of the machine's architecture,
 * others beside their libraries.
 */
function findInstalled(): string | undefined {
  const folders = ['/usr/lib', '/usr/lib64'].filter((folder) => existsSync(folder));
  const candidates = folders.flatMap((folder) => [
    folder,
    ...readdirSync(folder).map((name) => join(folder, name)),
  ]);
  return candidates.map((folder) => join(folder, library)).find((path) => existsSync(path));
}
