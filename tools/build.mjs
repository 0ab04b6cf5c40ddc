/** Compiles apps, libs and tools into dist/ with swc, file by file; types are checked by `npm run typecheck`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.d.ts') && !path.startsWith('apps/web/');

async function sources() {
  const folders = await Promise.all(
    ['apps', 'libs', 'tools'].map(async (top) => (await readdir(top, { recursive: true })).map((file) => join(top, file))),
  );
  return folders.flat().filter(isSource);
}

async function compile(source) {
  const target = join('dist', source.replace(/\.ts$/, '.js'));
  const { code, map } = await transformFile(source);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
  await writeFile(`${target}.map`, map);
}

await rm('dist', { recursive: true, force: true });
await Promise.all((await sources()).map(compile));
