import { spawnSync } from 'node:child_process';
import { LauncherError } from '../stack/launcher-error.js';
import { findProgram } from '../stack/find-program.js';
import { installPackages } from '../stack/install-packages.js';
import { type Reporter } from '../stack/reporter.js';

/**
 * Debian packages, each with a command that succeeds if it is installed. Python by its
 * path, since another one on the PATH would not find Debian's packages.
 */
const clients: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  'python3-pika': ['/usr/bin/python3', '-c', 'import pika'],
  'ruby-bunny': ['ruby', '-e', 'require "bunny"'],
  'amqp-tools': ['amqp-publish', '--help'],
  'libanyevent-rabbitmq-perl': ['perl', '-MAnyEvent::RabbitMQ', '-e1'],
};

/**
 * Installs the clients of RabbitMQ that are missing, if installing is allowed.
 * @throws LauncherError that names what is missing
 */
export function obtainClients(
  env: NodeJS.ProcessEnv,
  isRoot: boolean,
  reporter: Pick<Reporter, 'say'>,
): void {
  const wanted = missing(env);
  if (wanted.length === 0) return;
  const aptGet =
    isRoot && env['STACK_NO_INSTALL'] !== '1' ? findProgram('apt-get', env['PATH']) : undefined;
  if (aptGet !== undefined) {
    reporter.say(
      `The Debian packages ${wanted.join(', ')} are installed now (STACK_NO_INSTALL=1 forbids it).`,
    );
    installPackages(aptGet, wanted, env);
  }
  const names = missing(env).join(', ');
  if (names === '') return;
  throw new LauncherError(
    `Install ${names}; ` +
      'or, on Debian, run this as root and without STACK_NO_INSTALL=1: then apt-get does',
  );
}

const missing = (env: NodeJS.ProcessEnv): readonly string[] =>
  Object.entries(clients)
    .filter(
      ([, [program, ...args]]) => spawnSync(program, args, { env, stdio: 'ignore' }).status !== 0,
    )
    .map(([name]) => name);
