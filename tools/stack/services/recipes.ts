import { join } from 'node:path';
import { type Recipe } from '../processes/managed-process.js';
import { type DatabaseName } from '../secrets.js';
import { type Servers } from '../servers.js';
import { type Neighbours, migrationEnvironment, serviceEnvironment } from './environment.js';
import { type ServiceName } from './service-names.js';

/** The compiled applications; tests pass stand-ins. */
export interface Build {
  readonly root: string;
}

/**
 * In MB, instead of 16: V8 takes all of it while modules are loaded, since nearly all of
 * that stays, and never gives it back. The image has the same (Dockerfile).
 */
const youngGeneration = '--max-semi-space-size=2';

/** One process of a service, with the port it answers on. */
export interface ServiceProcess {
  readonly service: ServiceName;
  readonly port: number;
  readonly recipe: Recipe;
}

/** @param ports one per replica */
export function serviceProcesses(
  service: ServiceName,
  ports: readonly number[],
  { root }: Build,
  env: NodeJS.ProcessEnv,
  neighbours: Neighbours,
): readonly ServiceProcess[] {
  const args = [
    youngGeneration,
    '--import',
    './dist/libs/telemetry/src/preload.js',
    join('dist/apps', service, 'src/main.js'),
  ];
  return ports.map((port, index) => ({
    service,
    port,
    recipe: {
      name: ports.length === 1 ? service : `${service}-${index + 1}`,
      kind: service,
      command: process.execPath,
      args,
      env: serviceEnvironment(service, port, env, neighbours),
      cwd: root,
      shown: true,
    },
  }));
}

export const migrationRecipe = (
  name: DatabaseName,
  { root }: Build,
  env: NodeJS.ProcessEnv,
  servers: Servers,
): Recipe => ({
  name: `migrate-${name}`,
  command: process.execPath,
  args: [join('dist/apps', name, 'src/migrate.js')],
  env: migrationEnvironment(name, env, servers),
  cwd: root,
});
