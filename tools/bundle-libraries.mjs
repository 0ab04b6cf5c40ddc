/**
 * Bundles the largest libraries for the tests, each into a file. Jest loads every module
 * anew for every test file, and the service of one has nearly 3,000, of which ours are
 * 350. So loading takes two thirds of the time.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules/.cache');
const named = 'test-libraries-';

/** What our code imports. */
const entries = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/microservices',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  '@nestjs/typeorm',
  'class-validator',
  'jose',
  'rxjs',
  'typeorm',
  'undici',
  'uuid',
];
/**
 * What goes into the bundles. All else is imported by them, as by everybody, so that
 * nothing is there twice; above all what keeps state, or is looked for by its path.
 */
const bundled = new Set([
  ...entries,
  '@nestjs/mapped-types',
  '@sqltools/formatter',
  'es-toolkit',
  'fast-safe-stringify',
  'iterare',
  'libphonenumber-js',
  'path-to-regexp',
  'tslib',
  'uid',
  'validator',
]);
const prefix = 'all-of:';
const fileOf = (entry) => entry.replace('/', '__');
const packageOf = (id) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? id;
const isExternal = (id) =>
  !/^[./\0]/.test(id) && !id.startsWith(prefix) && !bundled.has(packageOf(id));

/**
 * Passes on what a library has, by name: of a bundle of CommonJS there would be
 * nothing but a default.
 */
const namingAll = {
  name: 'naming-all',
  resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
  load: async (id) => {
    if (!id.startsWith(`\0${prefix}`)) return undefined;
    const entry = id.slice(prefix.length + 1);
    return `export { ${Object.keys(await import(entry)).join()} } from '${entry}';`;
  },
};

/** What tells one version of all that goes into the bundles from another. */
async function readVersion() {
  const hash = createHash('sha256');
  for (const file of [
    join(root, 'node_modules/.package-lock.json'),
    fileURLToPath(import.meta.url),
  ])
    hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

/** Replaced as a whole: several runs of Jest may be about it. */
async function write(target) {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'unfinished-'));
  const bundle = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(entries.map((entry) => [fileOf(entry), prefix + entry])),
    plugins: [namingAll],
    external: isExternal,
  });
  await bundle.write({ dir: folder, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  for (const name of await readdir(cache))
    if (name.startsWith(named) && name !== basename(target))
      await rm(join(cache, name), { recursive: true, force: true });
  await rename(folder, target).catch(() => rm(folder, { recursive: true }));
}

/** @returns entries of Jest's `moduleNameMapper` */
export async function bundledLibraries() {
  const target = join(cache, named + (await readVersion()));
  if (!existsSync(target)) await write(target);
  return Object.fromEntries(
    entries.map((entry) => [`^${entry}$`, join(target, `${fileOf(entry)}.mjs`)]),
  );
}
