import { type Recipe } from './processes/managed-process.js';

/** A Debian package that brings a server. */
export interface ServerPackage {
  readonly name: string;
  /** The systemd units that it enables. */
  readonly units: readonly string[];
}

/**
 * Installs a package and keeps it from becoming a system service: policy-rc.d, which the
 * maintainer scripts ask, forbids every start
 * (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt), and the units
 * that the packages enabled are disabled again. A policy that exists already stays, and
 * ours is removed however this ends.
 */
const script = `
set -e
apt=$1 package=$2
shift 2
policy=\${POLICY_FILE:-/usr/sbin/policy-rc.d}
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
elif ! grep -q 'exit 101' "$policy"; then
  echo "$policy exists and may allow services to start; install $package yourself" >&2
  exit 1
fi
"$apt" -q update
"$apt" -q install -y --no-install-recommends "$package"
if [ -d /run/systemd/system ]; then
  systemctl disable --now "$@" || true
fi
`;

export const aptRecipe = (
  aptGet: string,
  env: NodeJS.ProcessEnv,
  { name, units }: ServerPackage,
): Recipe => ({
  name: 'apt-get',
  command: '/bin/sh',
  args: ['-c', script, 'sh', aptGet, name, ...units],
  env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  // SIGCONT does nothing: an interrupted installation leaves the package system in need
  // of repair, so we wait for it.
  stopSignal: 'SIGCONT',
  shown: true,
});
