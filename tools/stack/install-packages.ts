import { spawnSync } from 'node:child_process';

const script =
  'apt=$1; shift; "$apt" -q update && "$apt" -q install -y --no-install-recommends "$@"';

/**
 * Installs Debian packages that start no service; aptRecipe is for those that do.
 * @returns whether apt-get says that it has
 */
export function installPackages(
  aptGet: string,
  names: readonly string[],
  env: NodeJS.ProcessEnv,
): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', aptGet, ...names], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    // Its output goes to stderr, since a program may read results from stdout.
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}
