import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';

/** A user whom a server runs as when we are root, since PostgreSQL refuses to be root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** The words in front of a command that make it run as this user. */
  readonly prefix: readonly string[];
}

/** It must stand in the password file: initdb asks for the name of its user. */
const candidates = ['postgres', 'nobody'];

/** @returns undefined when we are not root and so need no other user */
export function findAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of candidates) {
    const [uid, gid] = [ask('id', '-u', name), ask('id', '-g', name)];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid), prefix: prefixFor(uid, gid) };
  }
  throw new Error(`PostgreSQL cannot run as root, and there is no user ${candidates.join(' or ')} to run it as`);
}

/** The one right of root that is kept: to enter folders, since the clone may lie where only root may go. */
function prefixFor(uid: string, gid: string): readonly string[] {
  if (ask('setpriv', '--version') === undefined)
    throw new Error('PostgreSQL cannot run as root: install setpriv (package util-linux), or start as an ordinary user');
  const kept = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const known = ask('setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...kept, 'true') !== undefined;
  // Some containers withhold the right; then the folder has to be one that everybody may enter.
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...(known ? kept : [])];
}

export function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

function ask(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
