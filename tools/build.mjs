/**
 * Compiles apps, libs, tools and bench into dist/ with swc, file by file, and only what
 * changed; types are checked by `npm run typecheck`. What runs in the browser is built by
 * build-web.mjs. Every file is replaced in one step, so services that run from dist/
 * meanwhile never load half of one.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buildWeb, isWebBuilt } from './build-web.mjs';

const stamp = 'dist/.stamp';
/** In an image there is no bench/. */
const folders = ['apps', 'libs', 'tools', 'bench'];
/** Tests, types, the page, and the doubles that only tests use. */
const notBuilt = [/\.test\.ts$/, /\.d\.ts$/, /^apps\/web\//, /^libs\/[^/]+\/in-memory\//];
const isSource = (path) => path.endsWith('.ts') && !notBuilt.some((pattern) => pattern.test(path));
const outputOf = (source) => join('dist', source.replace(/\.ts$/, '.js'));
/** Served as it is, so it is copied. */
const copied = ['docs/openapi.json'];

/** Source paths, each with a text that differs as soon as the file does. */
async function readSources() {
  const files = await Promise.all(
    folders
      .filter(existsSync)
      .map(async (top) => (await readdir(top, { recursive: true })).map((file) => join(top, file))),
  );
  const versions = [...files.flat().filter(isSource), ...copied].map(async (path) => [
    path,
    await readVersion(path),
  ]);
  return Object.fromEntries(await Promise.all(versions));
}

async function readVersion(path) {
  const { mtimeMs, size } = await stat(path);
  return `${mtimeMs} ${size}`;
}

/**
 * The versions that were compiled last; none if the settings have changed since.
 */
async function readStamp(settings) {
  try {
    const last = JSON.parse(await readFile(stamp, 'utf8'));
    return last.settings === settings ? last.sources : undefined;
  } catch {
    return undefined;
  }
}

async function compile(transformFile, source) {
  const target = outputOf(source);
  await mkdir(dirname(target), { recursive: true });
  if (copied.includes(source)) return replace(target, await readFile(source));
  const { code, map } = await transformFile(source);
  await replace(`${target}.map`, map);
  await replace(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
}

async function replace(path, content) {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
}

/** What has changed since it was compiled last. */
async function findChanges() {
  const swc = await readVersion('node_modules/@swc/core/package.json');
  const settings = `${await readVersion('.swcrc')} ${swc}`;
  const [sources, last] = [await readSources(), await readStamp(settings)];
  return {
    settings,
    sources,
    isFirst: last === undefined,
    changed: Object.keys(sources).filter((path) => sources[path] !== last?.[path]),
    gone: Object.keys(last ?? {}).filter((path) => !(path in sources)),
  };
}

/** Whether dist/ is of the present sources; loads no compiler. */
export async function isBuilt() {
  const { changed, gone } = await findChanges();
  return changed.length + gone.length === 0 && (await isWebBuilt());
}

/** @returns how many files were compiled */
async function build() {
  const { settings, sources, isFirst, changed, gone } = await findChanges();
  if (isFirst) await rm('dist', { recursive: true, force: true });
  if (changed.length + gone.length === 0) return 0;

  const { transformFile } = await import('@swc/core');
  await Promise.all(changed.map((source) => compile(transformFile, source)));
  await Promise.all(gone.map((path) => rm(outputOf(path), { force: true })));
  await replace(stamp, JSON.stringify({ settings, sources }));
  return changed.length;
}

if (process.argv[1]?.endsWith('build.mjs')) {
  const compiled = await build();
  if (compiled > 0) console.log(`Built ${compiled} files.`);
  const news = await buildWeb();
  if (news !== undefined) console.log(news);
}
