import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Violation {
  readonly rule: { readonly name: string };
}

const root = resolve(import.meta.dirname, '../..');
let planted: string;
beforeAll(() => {
  mkdirSync(join(root, '.stack'), { recursive: true });
  planted = mkdtempSync(join(root, '.stack/arrows-'));
  for (const name of ['envelope', 'messaging', 'config'])
    plant(`libs/${name}/src/index.ts`, 'export const value = 1;\n');
  plant(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "nodenext", "paths": { "#*": ["./libs/*/src/index.ts"] } } }',
  );
});
afterAll(() => {
  rmSync(planted, { recursive: true });
});

function plant(path: string, content: string): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), content);
}

/** The rules that the checker says are broken in a tree with one planted file. */
function broken(path: string, content: string): string[] {
  plant(path, content);
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    program,
    'apps',
    'libs',
    'bench',
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
  ];
  for (const folder of ['apps', 'libs', 'bench'])
    mkdirSync(join(planted, folder), { recursive: true });
  const output = run(args);
  rmSync(join(planted, path));
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations.map(
    ({ rule }) => rule.name,
  );
}

function run(args: string[]): string {
  try {
    return execFileSync(process.execPath, args, {
      cwd: planted,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}

describe('the arrow check', () => {
  it('has nothing against an innocent tree', () => {
    expect(broken('apps/tickets/src/a.ts', "import '#config';\n")).toEqual([]);
  });

  it.each([
    [
      'apps-never-import-apps',
      'apps/tickets/src/a.ts',
      "import '../../gateway/src/b.js';\n",
      'apps/gateway/src/b.ts',
    ],
    [
      'libs-never-import-apps',
      'libs/config/src/a.ts',
      "import '../../../apps/gateway/src/b.js';\n",
      'apps/gateway/src/b.ts',
    ],
    ['web-speaks-http-only', 'apps/web/src/api/a.ts', "import '#config';\n", ''],
    [
      'element-knows-no-desk',
      'apps/web/src/element/a.ts',
      "import '../desk/b.js';\n",
      'apps/web/src/desk/b.ts',
    ],
    [
      'libs-by-their-index',
      'apps/tickets/src/a.ts',
      "import '../../../libs/config/src/inner.js';\n",
      'libs/config/src/inner.ts',
    ],
    [
      'libs-use-each-other-by-their-index',
      'libs/messaging/src/a.ts',
      "import '../../config/src/inner.js';\n",
      'libs/config/src/inner.ts',
    ],
    [
      'only-custody-opens-a-secret',
      'apps/credentials/src/commands/a.ts',
      "import '#envelope';\n",
      '',
    ],
    [
      'persistence-knows-nobody-above',
      'apps/credentials/src/persistence/a.ts',
      "import { type B } from '../audit/b.js';\n",
      'apps/credentials/src/audit/b.ts',
    ],
    [
      'bench-borrows-statements-only',
      'bench/a.ts',
      "import '../apps/credentials/src/commands/b.js';\n",
      'apps/credentials/src/commands/b.ts',
    ],
    ['only-custody-opens-a-secret', 'bench/a.ts', "import '#envelope';\n", ''],
    [
      'plaintext-has-one-door',
      'apps/credentials/src/commands/a.ts',
      "import '../custody/reveal-plaintext.js';\n",
      'apps/credentials/src/custody/reveal-plaintext.ts',
    ],
    [
      'only-tests-use-doubles',
      'apps/tickets/src/a.ts',
      "import '../../../libs/config/in-memory/index.js';\n",
      'libs/config/in-memory/index.ts',
    ],
    [
      'domain-knows-no-framework-or-database',
      'apps/tickets/src/domain/a.ts',
      "import '@nestjs/common';\n",
      '',
    ],
    ['envelope-knows-no-domain', 'libs/envelope/src/a.ts', "import '#config';\n", ''],
    ['batching-knows-nobody', 'libs/batching/src/a.ts', "import '#config';\n", ''],
    ['amqplib-only-in-messaging', 'libs/config/src/a.ts', "import 'amqplib';\n", ''],
    ['migrations-start-light', 'libs/config/src/a.ts', "import '@nestjs/common';\n", ''],
    ['migrations-start-light', 'apps/tickets/src/migrate.ts', "import '#messaging';\n", ''],
    ['no-circular', 'apps/tickets/src/a.ts', "import './b.js';\n", 'apps/tickets/src/b.ts'],
  ])('names %s where it is broken', (rule, path, content, other) => {
    if (other !== '')
      plant(other, rule === 'no-circular' ? "import './a.js';\n" : 'export const value = 1;\n');
    expect(broken(path, content)).toContain(rule);
    if (other !== '') rmSync(join(planted, other));
  });
});
