/**
 * Builds apps/web into dist/apps/web: the page (index.html and assets named by their
 * content), and the element for other front ends, one module with nothing beside it. It
 * is built only after a change of its sources, and replaced as a whole, so that a gateway
 * never serves half of it.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = 'apps/web';
const target = 'dist/apps/web';
const stamp = 'dist/.web-stamp';
/** Inputs that are not in apps/web. */
const libraries = ['vite', 'lit', 'oauth4webapi'].map(
  (name) => `node_modules/${name}/package.json`,
);
const tools = ['tools/build-web.mjs', 'tsconfig.json', ...libraries];
/**
 * The first browsers with `light-dark()`, so that it is not written out into
 * something longer (early 2024).
 */
const browsers = ['chrome123', 'edge123', 'firefox125', 'safari17.5'];

/** One text for all inputs: it differs as soon as one of them does. */
async function readVersion() {
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.endsWith('.test.ts'));
  const versions = [...paths, ...tools].sort().map(async (path) => {
    const { mtimeMs, size } = await stat(path);
    return `${path} ${mtimeMs} ${size}`;
  });
  return (await Promise.all(versions)).join('\n');
}

/**
 * Drops the indentation of templates, which is for readers of the source. Only in lines
 * that begin with markup, or with a value in it, so that no other text changes.
 */
const markupWithoutIndentation = {
  name: 'markup-without-indentation',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.ts')
      ? { code: code.replaceAll(/\n +(?=<|\$\{|[@.?]?[\w-]+=\S)/g, '\n'), map: null }
      : undefined,
};

const settings = (outDir, more) => ({
  root,
  // So that the page works below any path: scripts find what is beside them, and the
  // gateway writes the path into index.html.
  base: './',
  plugins: [markupWithoutIndentation],
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: join('../..', outDir),
    emptyOutDir: false,
    target: browsers,
    cssTarget: browsers,
    // A strict policy lets neither inline scripts nor `data:` through.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    ...more,
  },
});

/**
 * The element's modules: itself, in English, and each further
 * language, to be handed to it.
 */
const modules = {
  'private-credentials': 'element/private-credentials.ts',
  'private-credentials.de': 'texts/de/element.ts',
};

/**
 * One file for each module, which imports no other. The element's types are one file that
 * imports nothing, so they are copied as they are.
 */
async function buildElement(vite, draft) {
  for (const [name, source] of Object.entries(modules)) {
    const rolldownOptions = {
      input: join(root, 'src', source),
      preserveEntrySignatures: 'exports-only',
      output: { entryFileNames: `${name}.js`, codeSplitting: false },
    };
    await vite.build(
      settings(join(draft, 'embed'), {
        rolldownOptions,
        modulePreload: false,
        copyPublicDir: false,
      }),
    );
  }
  await copyFile(
    join(root, 'src/element/public-types.ts'),
    join(draft, 'embed/private-credentials.d.ts'),
  );
}

const unless = (codes) => (error) => {
  if (!codes.includes(error.code)) throw error;
};

/**
 * If another command does the same at this moment, one of the two results stays, as a
 * whole; both have the same content.
 */
export async function replace(draft, place = target) {
  await mkdir(dirname(place), { recursive: true });
  await rename(place, `${draft}.old`).catch(unless(['ENOENT']));
  await rename(draft, place).catch(unless(['ENOTEMPTY', 'EEXIST']));
  for (const left of [draft, `${draft}.old`]) await rm(left, { recursive: true, force: true });
}

/** In bytes. */
export async function sizesOf(file) {
  const code = await readFile(file);
  return {
    raw: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

const isOf = async (version) =>
  existsSync(target) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === version;

/** Whether the page is of the present sources; loads no bundler. */
export const isWebBuilt = async () => isOf(await readVersion());

/** @returns a line to show, or undefined where nothing changed */
export async function buildWeb() {
  const version = await readVersion();
  if (await isOf(version)) return undefined;
  const vite = await import('vite');
  const draft = `dist/.web-${process.pid}`;
  await vite.build(settings(draft, {}));
  await buildElement(vite, draft);
  const { brotli } = await sizesOf(`${draft}/embed/private-credentials.js`);
  await replace(draft);
  await writeFile(stamp, version);
  return `Built the page; the element has ${(brotli / 1000).toFixed(1)} kB compressed.`;
}
