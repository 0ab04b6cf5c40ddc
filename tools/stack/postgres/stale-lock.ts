import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes the lock file of a server that was killed. PostgreSQL does so itself unless
 * another process of its user has the same id by now, which is likely after a restart of
 * the machine or container; then it would refuse to start for ever.
 */
export function removeStaleLock(data: string): void {
  const file = join(data, 'postmaster.pid');
  const pid = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined;
  // Our servers all carry their data folder on the command line.
  if (pid !== undefined && !commandLineOf(pid).includes(data)) rmSync(file, { force: true });
}

/** Empty if there is no such process. */
function commandLineOf(pid: string): string {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8');
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', pid], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
