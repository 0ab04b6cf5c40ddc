import { LauncherFault } from '../stack/fault.js';
import { installPackages } from '../stack/install-packages.js';
import { type Reporter } from '../stack/reporter.js';
import { findChromium, findInstalled } from './find-chromium.js';

/**
 * The path of a Chromium, which is installed where that is allowed and needed.
 * @throws LauncherFault when there is none to be had
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
  throw new LauncherFault('apt-get could not install chromium; its output above says why');
}
