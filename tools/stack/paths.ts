import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Everything a stack keeps, in one folder: `.stack` in the clone for `npm start`,
 * a temporary one for tests.
 */
export interface StackPaths {
  readonly folder: string;
  readonly lock: string;
  readonly journal: string;
  readonly secrets: string;
  readonly stackFile: string;
  readonly commandEnvironments: string;
  readonly demo: string;
  readonly devKey: string;
  readonly keyring: string;
  readonly logs: string;
  readonly postgres: string;
  readonly rabbitmq: string;
}

/**
 * Makes the folder when it is missing. Others may pass through it, since PostgreSQL may
 * have to run as another user, but not look into it.
 */
export function stackPaths(folder: string): StackPaths {
  const paths = {
    folder,
    lock: join(folder, 'launcher.lock'),
    journal: join(folder, 'journal.json'),
    secrets: join(folder, 'secrets.json'),
    stackFile: join(folder, 'stack.json'),
    commandEnvironments: join(folder, 'command-environments.json'),
    demo: join(folder, 'demo.json'),
    devKey: join(folder, 'dev-key.json'),
    keyring: join(folder, 'keyring'),
    logs: join(folder, 'logs'),
    postgres: join(folder, 'postgres'),
    rabbitmq: join(folder, 'rabbitmq'),
  };
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  for (const inner of [paths.keyring, paths.logs])
    mkdirSync(inner, { recursive: true, mode: 0o700 });
  return paths;
}

/** The top folder of the clone, both for the sources and for dist/. */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
