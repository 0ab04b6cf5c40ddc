import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

interface Summary {
  readonly violations: readonly {
    readonly from: string;
    readonly rule: { readonly name: string };
  }[];
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
}

/** The last is what the file imports, if that has to be planted too. */
type Case = [rule: string, path: string, content: string, imported?: string];

/** In one tree, each by a file of its own: the checker takes a second to start. */
const cases: Case[] = [
  [
    'no-circular',
    'apps/tickets/src/circle.ts',
    "import './round.js';",
    'apps/tickets/src/round.ts',
  ],
  [
    'apps-never-import-apps',
    'apps/tickets/src/app.ts',
    "import '../../gateway/src/b.js';",
    'apps/gateway/src/b.ts',
  ],
  [
    'libs-never-import-apps',
    'libs/config/src/app.ts',
    "import '../../../apps/gateway/src/b.js';",
    'apps/gateway/src/b.ts',
  ],
  [
    'apps-never-import-tools-or-tests',
    'apps/tickets/src/tool.ts',
    "import '../../../tools/b.js';",
    'tools/b.ts',
  ],
  ['web-speaks-http-only', 'apps/web/src/api/lib.ts', "import '#config';"],
  [
    'element-knows-no-desk',
    'apps/web/src/element/a.ts',
    "import '../desk/b.js';",
    'apps/web/src/desk/b.ts',
  ],
  [
    'libs-by-their-index',
    'apps/tickets/src/inner.ts',
    "import '../../../libs/config/src/inner.js';",
    'libs/config/src/inner.ts',
  ],
  [
    'libs-use-each-other-by-their-index',
    'libs/messaging/src/inner.ts',
    "import '../../config/src/inner.js';",
    'libs/config/src/inner.ts',
  ],
  [
    'only-tests-use-doubles',
    'apps/tickets/src/double.ts',
    "import '../../../libs/config/in-memory/index.js';",
    'libs/config/in-memory/index.ts',
  ],
  [
    'domain-knows-no-framework-or-database',
    'apps/tickets/src/domain/a.ts',
    "import '@nestjs/common';",
  ],
  [
    'persistence-knows-nobody-above',
    'apps/credentials/src/persistence/a.ts',
    "import { type B } from '../audit/b.js';",
    'apps/credentials/src/audit/b.ts',
  ],
  [
    'bench-borrows-statements-only',
    'bench/command.ts',
    "import '../apps/credentials/src/commands/b.js';",
    'apps/credentials/src/commands/b.ts',
  ],
  ['only-custody-opens-a-secret', 'apps/credentials/src/commands/open.ts', "import '#envelope';"],
  ['only-custody-opens-a-secret', 'bench/open.ts', "import '#envelope';"],
  [
    'plaintext-has-one-door',
    'apps/credentials/src/commands/reveal.ts',
    "import '../custody/reveal-plaintext.js';",
    'apps/credentials/src/custody/reveal-plaintext.ts',
  ],
  ['envelope-knows-no-domain', 'libs/envelope/src/a.ts', "import '#config';"],
  ['batching-knows-nobody', 'libs/batching/src/a.ts', "import '#config';"],
  ['amqplib-only-in-messaging', 'libs/config/src/amqp.ts', "import 'amqplib';"],
  ['migrations-start-light', 'libs/config/src/nest.ts', "import '@nestjs/common';"],
  ['migrations-start-light', 'apps/tickets/src/migrate.ts', "import '#messaging';"],
  ['production-code-imports-no-dev-dependency', 'apps/tickets/src/dev.ts', "import 'fast-check';"],
  ['resolvable', 'apps/tickets/src/nowhere.ts', "import './gone.js';"],
];
const innocent = 'apps/tickets/src/innocent.ts';
const folders = ['apps', 'libs', 'tools', 'bench'];

const root = resolve(import.meta.dirname, '../..');
let planted: string;
let summary: Summary;
beforeAll(() => {
  mkdirSync(join(root, '.stack'), { recursive: true });
  planted = mkdtempSync(join(root, '.stack/arrows-'));
  plant(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "nodenext", "paths": { "#*": ["./libs/*/src/index.ts"] } } }',
  );
  for (const name of ['envelope', 'messaging', 'config']) plantNothing(`libs/${name}/src/index.ts`);
  plant(innocent, "import '#config';\n");
  for (const [, path, content, imported] of cases) {
    plant(path, content);
    if (imported !== undefined) plantNothing(imported);
  }
  plant('apps/tickets/src/round.ts', "import './circle.js';\n");
  summary = check();
});
afterAll(() => {
  rmSync(planted, { recursive: true });
});

function plant(path: string, content: string): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), content);
}

const plantNothing = (path: string) => {
  plant(path, 'export const value = 1;\n');
};

function check(): Summary {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const { stdout } = spawnSync(
    process.execPath,
    [program, ...folders, '--config', config, '--output-type', 'json'],
    { cwd: planted, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return (JSON.parse(stdout) as { summary: Summary }).summary;
}

const brokenIn = (path: string): string[] =>
  summary.violations.filter(({ from }) => from === path).map(({ rule }) => rule.name);

describe('the arrow check', () => {
  it('has nothing against a file that breaks no rule', () => {
    expect(brokenIn(innocent)).toEqual([]);
  });

  it.each(cases)('names %s where it is broken, in %s', (rule, path) => {
    expect(brokenIn(path)).toContain(rule);
  });

  it('is tried with each of its rules', () => {
    const rules = summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(rules));
  });
});
