/**
 * `npm run <command> -- <verb> …`, by way of
 * `node tools/bootstrap.mjs run <command> <verb> …`: a command of ops, beside a running
 * system. It reads the variables that its service reads. On a developer's machine they
 * need not be set: then they are those of `npm start`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandOwner, missingVariables } from './stack/command-environments.js';
import { repositoryRoot } from './stack/paths.js';

interface Command {
  /** Below dist/. It also runs without this runner, as it does in the image. */
  readonly program: string;
  /** Words before those of the user. */
  readonly verb: readonly string[];
  readonly owner: CommandOwner;
}

const ofService = (service: 'tickets' | 'credentials', ...verb: string[]): Command => ({
  program: `apps/${service}/src/cli.js`,
  verb,
  owner: service,
});
const ofOperator = (name: string): Command => ({
  program: `tools/ops/${name}.js`,
  verb: [],
  owner: 'operator',
});

const commands: Readonly<Record<string, Command>> = {
  'dead-letters': ofOperator('dead-letters'),
  tickets: ofService('tickets'),
  credentials: ofService('credentials'),
  keys: ofService('credentials', 'keys'),
  audit: ofService('credentials', 'audit'),
  receipts: ofService('credentials', 'receipts'),
};

const [name = '', ...args] = process.argv.slice(3);
const root = repositoryRoot();
const { program = '', verb = [], owner = 'operator' } = commands[name] ?? {};
const script = join(root, 'dist', program);
if (program === '' || !existsSync(script)) {
  console.error(`usage: npm run ${Object.keys(commands).join(' | ')} -- <verb> …`);
  process.exit(2);
}
const stack = { commandEnvironments: join(root, '.stack/command-environments.json') };
Object.assign(process.env, missingVariables(stack, owner, process.env));
process.argv = [process.execPath, script, ...verb, ...args];
// Paths that the user gives are relative to the user's folder, not to ours.
if (process.env['npm_lifecycle_event'] === name) process.chdir(process.env['INIT_CWD'] ?? root);
await import(script);
