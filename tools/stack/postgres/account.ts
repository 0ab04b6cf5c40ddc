import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';
import { LauncherError } from '../launcher-error.js';

/** The user for PostgreSQL if we are root, since it refuses to run as root. */
interface Account {
  readonly uid: number;
  readonly gid: number;
  /** A command prefix that runs the rest as this user. */
  readonly prefix: readonly string[];
}

/** Must have a name in /etc/passwd, which initdb asks for. */
const candidates = ['postgres', 'nobody'];

/**
 * @param data the data folder; where it exists its owner decides, since
 *   PostgreSQL accepts no other
 * @param needed the folder and the program that the user has to reach
 * @returns undefined when we are not root and so need no other user
 */
export function findAccount(
  data: string,
  needed: { readonly folder: string; readonly program: string },
): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = existsSync(data) ? statSync(data) : findCandidate();
  const become = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  if (!succeeds('setpriv', '--version'))
    throw new LauncherError(
      'PostgreSQL cannot run as root. Install setpriv (package util-linux), or start as an ' +
        'ordinary user.',
    );
  chownSync(needed.folder, uid, gid);
  // The right of root to enter any folder, for a clone that lies where only root may go;
  // kept only there. Without the security bit it does not count in access(2), by which
  // initdb looks for postgres: see capabilities(7).
  const enter = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  const prefix = [become, [...become, ...enter]].find((words) => reaches(words, needed));
  if (prefix !== undefined) return { uid, gid, prefix };
  throw new LauncherError(
    `PostgreSQL cannot run as root, and user ${uid} cannot enter ${needed.folder}: ` +
      'move the clone to where others may enter, start as an ordinary user, ' +
      'or give TICKETS_DATABASE_URL and its three siblings.',
  );
}

/**
 * Whether the user may write the folder and run the program; both may lie behind
 * folders that are closed to it.
 */
const reaches = (
  prefix: readonly string[],
  { folder, program }: { folder: string; program: string },
): boolean =>
  succeeds(
    prefix[0] ?? '',
    ...prefix.slice(1),
    'sh',
    '-c',
    'test -w "$1" && "$2" --version',
    'sh',
    folder,
    program,
  );

function findCandidate(): { uid: number; gid: number } {
  for (const name of candidates) {
    const [uid, gid] = [ask('id', '-u', name), ask('id', '-g', name)];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new LauncherError(
    `PostgreSQL cannot run as root, and there is no user ${candidates.join(' or ')} to run it as.`,
  );
}

const succeeds = (command: string, ...args: string[]): boolean =>
  ask(command, ...args) !== undefined;

function ask(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
