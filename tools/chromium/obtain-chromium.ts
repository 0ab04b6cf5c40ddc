import { spawnSync } from 'node:child_process';
import { LauncherFault } from '../stack/fault.js';
import { type Reporter } from '../stack/reporter.js';
import { findChromium, findInstalled } from './find-chromium.js';

const script = '"$1" -q update && "$1" -q install -y --no-install-recommends chromium';

/**
 * The path of a Chromium, which is installed where that is allowed and needed.
 * @throws LauncherFault when there is none to be had
 */
export function obtainChromium(env: NodeJS.ProcessEnv, isRoot: boolean, reporter: Pick<Reporter, 'say'>): string {
  const source = findChromium({ env, isRoot });
  if (source.kind === 'local') return source.path;
  reporter.say('There is no Chromium here: the Debian package chromium is installed now (STACK_NO_INSTALL=1 forbids it).');
  // Its output is told to the person, and never to whoever reads the results of the tests.
  const stdio = ['ignore', 2, 2] as const;
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', source.aptGet], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: [...stdio],
  });
  const path = findInstalled(env);
  if (status === 0 && path !== undefined) return path;
  throw new LauncherFault('apt-get could not install chromium; its output above says why');
}
