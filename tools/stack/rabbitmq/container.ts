import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Recipe } from '../processes/managed-process.js';
import { replaceFile } from '../replace-file.js';
import { brokerDefinitions } from './definitions.js';
import { type RabbitmqOptions, brokerSettings } from './settings.js';

export const image = 'rabbitmq:4';
const [settingsInside, dataInside] = ['/etc/private', '/var/lib/rabbitmq'];

/**
 * Runs RabbitMQ in a container that ends with the launcher and keeps its data in our
 * folder. It runs as our user, so that its files are ours and it may read our private
 * ones; in a rootless engine that user is called root.
 */
export function containerRecipe(
  docker: string,
  { folder, ports, passwords, vhosts }: RabbitmqOptions,
): Recipe {
  const [settings, data] = [join(folder, 'container'), join(folder, 'container-data')];
  for (const path of [settings, data]) mkdirSync(path, { recursive: true, mode: 0o700 });
  replaceFile(join(settings, 'definitions.json'), brokerDefinitions(passwords, vhosts));
  writeFileSync(
    join(settings, 'rabbitmq.conf'),
    brokerSettings('0.0.0.0:5672', `${settingsInside}/definitions.json`),
  );
  writeFileSync(join(settings, 'enabled_plugins'), '[].\n');
  const name = containerName(folder);
  const env = {
    HOME: dataInside,
    RABBITMQ_NODENAME: 'stack@localhost',
    RABBITMQ_CONFIG_FILE: `${settingsInside}/rabbitmq.conf`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${settingsInside}/enabled_plugins`,
    RABBITMQ_LOGS: '-',
  };
  const flags = [
    [
      'run',
      '--rm',
      '--name',
      name,
      '--user',
      userInside(docker),
      '--publish',
      `127.0.0.1:${ports.amqp}:5672`,
    ],
    ['--mount', mount(settings, settingsInside, true), '--mount', mount(data, dataInside, false)],
    Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    // Without the image's own entry point, which would change to another user.
    ['--entrypoint', 'rabbitmq-server', image],
  ].flat();
  // A container outlives a client that was killed, and would keep its name and port.
  const beforeStart = removeContainer.bind(undefined, docker, name);
  return {
    name: 'rabbitmq',
    command: docker,
    args: flags,
    env: process.env,
    timeoutMs: 30_000,
    beforeStart,
  };
}

/**
 * The same at every start in this folder, so that a container that a killed launcher left
 * is found by it.
 */
export const containerName = (folder: string): string =>
  `private-credentials-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

/**
 * Docker parses a mount as CSV, and a path may contain commas: so each field is quoted.
 */
const mount = (source: string, target: string, readOnly: boolean): string =>
  [
    'type=bind',
    `"source=${source.replaceAll('"', '""')}"`,
    `target=${target}`,
    ...(readOnly ? ['readonly'] : []),
  ].join(',');

function userInside(docker: string): string {
  const options = execFileSync(docker, ['info', '--format', '{{.SecurityOptions}}'], {
    encoding: 'utf8',
  });
  return options.includes('rootless')
    ? '0:0'
    : `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
}

function removeContainer(docker: string, name: string): void {
  try {
    execFileSync(docker, ['rm', '--force', name], { stdio: 'ignore' });
  } catch {
    // There is none.
  }
}
