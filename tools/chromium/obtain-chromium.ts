import { LauncherError } from '../stack/launcher-error.js';
import { installPackages } from '../stack/install-packages.js';
import { type Reporter } from '../stack/reporter.js';
import { findChromium, findInstalled } from './find-chromium.js';

/**
 * The path of a Chromium. It is installed if it is missing and installing is allowed.
 * @throws LauncherError when there is none to be had
 */
export function obtainChromium(
  env: NodeJS.ProcessEnv,
  isRoot: boolean,
  reporter: Pick<Reporter, 'say'>,
): string {
  const source = findChromium({ env, isRoot });
  if (source.kind === 'local') return source.path;
  reporter.say(
    'There is no Chromium here: the Debian package chromium is installed now ' +
      '(STACK_NO_INSTALL=1 forbids it).',
  );
  const installed = installPackages(source.aptGet, ['chromium'], env);
  const path = findInstalled(env);
  if (installed && path !== undefined) return path;
  throw new LauncherError('apt-get could not install chromium; its output above says why');
}
