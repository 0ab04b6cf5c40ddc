import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { aptRecipe, type ServerPackage } from '../stack/apt.js';
import { LauncherError } from '../stack/launcher-error.js';
import { findProgram } from '../stack/find-program.js';
import { type Reporter } from '../stack/reporter.js';

/** Debian's packages, each with a file by which it is recognised. */
const packages: readonly (ServerPackage & { readonly file: string })[] = [
  { name: 'nginx', file: '/usr/sbin/nginx', units: ['nginx'] },
  { name: 'apache2', file: '/usr/sbin/apache2', units: ['apache2', 'apache-htcacheclean'] },
  { name: 'haproxy', file: '/usr/sbin/haproxy', units: ['haproxy'] },
  { name: 'varnish', file: '/usr/sbin/varnishd', units: ['varnish', 'varnishncsa'] },
  { name: 'caddy', file: '/usr/bin/caddy', units: ['caddy'] },
  { name: 'lighttpd', file: '/usr/sbin/lighttpd', units: ['lighttpd'] },
  { name: 'lighttpd-mod-openssl', file: '/usr/lib/lighttpd/mod_openssl.so', units: [] },
  { name: 'lighttpd-mod-deflate', file: '/usr/lib/lighttpd/mod_deflate.so', units: [] },
  { name: 'squid', file: '/usr/sbin/squid', units: ['squid'] },
  { name: 'openssl', file: '/usr/bin/openssl', units: [] },
];

/**
 * Installs the proxies that are missing, if installing is allowed. None becomes a system
 * service.
 * @returns a PATH on which all of them are
 * @throws LauncherError that names what is missing
 */
export function obtainProxies(
  env: NodeJS.ProcessEnv,
  isRoot: boolean,
  reporter: Pick<Reporter, 'say'>,
): string {
  const missing = () => packages.filter(({ file }) => !existsSync(file));
  const aptGet =
    isRoot && env['STACK_NO_INSTALL'] !== '1' ? findProgram('apt-get', env['PATH']) : undefined;
  if (aptGet !== undefined) {
    for (const wanted of missing()) {
      reporter.say(
        `The Debian package ${wanted.name} is installed now, not as a service ` +
          '(STACK_NO_INSTALL=1 forbids it).',
      );
      const recipe = aptRecipe(aptGet, env, wanted);
      // Its output goes to stderr, since a program may read results from stdout.
      spawnSync(recipe.command, recipe.args, { env: recipe.env, stdio: ['ignore', 2, 2] });
    }
  }
  const names = missing().map(({ name }) => name);
  // Ordinary users have no sbin on their PATH.
  if (names.length === 0) return [env['PATH'], '/usr/sbin'].join(delimiter);
  throw new LauncherError(
    `Install ${names.join(', ')}; ` +
      'or, on Debian, run this as root and without STACK_NO_INSTALL=1: then apt-get does',
  );
}
