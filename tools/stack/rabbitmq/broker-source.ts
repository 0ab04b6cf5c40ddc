import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LauncherError } from '../launcher-error.js';
import { findProgram } from '../find-program.js';

/** Where a RabbitMQ comes from. */
export type BrokerSource =
  | { readonly kind: 'local'; readonly server: string; readonly epmd: string }
  | { readonly kind: 'docker'; readonly docker: string }
  | { readonly kind: 'apt'; readonly aptGet: string };

/** The facts about a machine that the choice depends on; the tests invent them. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly isRoot: boolean;
  /** Folders beyond the PATH in which packages put the server. */
  readonly folders: readonly string[];
}

export const thisMachine = (env: NodeJS.ProcessEnv): Machine => ({
  env,
  isRoot: process.getuid?.() === 0,
  folders: ['/usr/lib/rabbitmq/bin', '/usr/local/sbin', '/usr/sbin', '/opt/homebrew/sbin'],
});

/**
 * The first of: installed, a running Docker engine, apt.
 * @throws LauncherError that names every way when there is none
 */
export function findBroker(machine: Machine): BrokerSource {
  const source = findLocal(machine) ?? findDocker(machine) ?? findApt(machine);
  if (source !== undefined) return source;
  throw new LauncherError(
    [
      'There is no RabbitMQ to be had. Any one of these helps:',
      '  - install RabbitMQ, so that rabbitmq-server is on the PATH',
      '  - start a Docker engine, so that `docker info` answers',
      '  - on Debian or Ubuntu, run this as root and without STACK_NO_INSTALL=1: then apt-get ' +
        'installs it',
      '  - give the URL of a broker: RABBITMQ_URL=amqp://user:password@host:5672 (for tests ' +
        'TEST_RABBITMQ_URL)',
    ].join('\n'),
  );
}

export function findLocal({
  env,
  folders,
}: Machine): (BrokerSource & { kind: 'local' }) | undefined {
  const found = findProgram('rabbitmq-server', env['PATH'], folders);
  if (found === undefined) return undefined;
  const epmd = findProgram('epmd', env['PATH']) ?? findBesideErlang(env);
  return epmd === undefined ? undefined : { kind: 'local', server: behindWrapper(found), epmd };
}

/**
 * The script that Linux packages put on the PATH changes to the user rabbitmq, or
 * refuses. The real one, beside the target of that link, does not.
 */
function behindWrapper(server: string): string {
  const target = realpathSync(server);
  if (basename(target) === 'rabbitmq-script-wrapper')
    return join(dirname(target), 'rabbitmq-server');
  const packaged = '/usr/lib/rabbitmq/bin/rabbitmq-server';
  return dirname(target) === '/usr/sbin' && existsSync(packaged) ? packaged : server;
}

/** Some packages of Erlang have epmd beside erl, and not on the PATH. */
function findBesideErlang(env: NodeJS.ProcessEnv): string | undefined {
  const ask =
    'io:format("~s", [filename:join([code:root_dir(), "erts-" ++ erlang:system_info(version), ' +
    '"bin"])]), halt().';
  const { stdout } = spawnSync('erl', ['-noshell', '-eval', ask], {
    encoding: 'utf8',
    env,
    timeout: 10_000,
  });
  return stdout ? findProgram('epmd', stdout) : undefined;
}

function findDocker({ env, folders }: Machine): BrokerSource | undefined {
  const docker = findProgram('docker', env['PATH'], folders);
  if (docker === undefined) return undefined;
  // Without an engine the client exits 0 too, but prints no server version.
  const { status, stdout } = spawnSync(docker, ['info', '--format', '{{.ServerVersion}}'], {
    encoding: 'utf8',
    env,
    timeout: 10_000,
  });
  return status === 0 && stdout.trim() !== '' ? { kind: 'docker', docker } : undefined;
}

function findApt({ env, isRoot }: Machine): BrokerSource | undefined {
  if (!isRoot || env['STACK_NO_INSTALL'] === '1') return undefined;
  const aptGet = findProgram('apt-get', env['PATH']);
  return aptGet === undefined ? undefined : { kind: 'apt', aptGet };
}
