import { LauncherError } from '../stack/launcher-error.js';
import { findProgram, isExecutable } from '../stack/find-program.js';

/** Where a Chromium comes from. */
type ChromiumSource =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'apt'; readonly aptGet: string };

/** The facts about a machine that the choice depends on; the tests invent them. */
interface ChromiumMachine {
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
}

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The first of: `CHROMIUM_PATH`, the PATH, apt.
 * @throws LauncherError that names every way when there is none, or when
 *   CHROMIUM_PATH leads nowhere
 */
export function findChromium({ env, isRoot }: ChromiumMachine): ChromiumSource {
  const given = env['CHROMIUM_PATH'];
  if (given) return { kind: 'local', path: requireProgram(given) };
  const found = findInstalled(env);
  if (found !== undefined) return { kind: 'local', path: found };
  const aptGet =
    isRoot && env['STACK_NO_INSTALL'] !== '1' ? findProgram('apt-get', env['PATH']) : undefined;
  if (aptGet !== undefined) return { kind: 'apt', aptGet };
  throw new LauncherError(
    [
      'There is no Chromium to be had. Any one of these helps:',
      '  - give its path: CHROMIUM_PATH=/usr/bin/chromium',
      `  - install it, so that ${names.join(' or ')} is on the PATH`,
      '  - on Debian, run this as root and without STACK_NO_INSTALL=1: then apt-get installs it',
    ].join('\n'),
  );
}

export const findInstalled = (env: NodeJS.ProcessEnv): string | undefined =>
  names.map((name) => findProgram(name, env['PATH'])).find((path) => path !== undefined);

function requireProgram(path: string): string {
  if (isExecutable(path)) return path;
  throw new LauncherError('CHROMIUM_PATH does not lead to a program that can be run');
}
