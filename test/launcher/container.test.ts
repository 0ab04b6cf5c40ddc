import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { containerName, containerRecipe } from '../../tools/stack/rabbitmq/container.js';
import { fakeProgram } from './fake-program.js';
import { makeFolder } from './launcher.js';

const passwords = { tickets: 'a', credentials: 'b', gateway: 'c', operator: 'd' };
const ports = { amqp: 20_123, distribution: 20_124, epmd: 20_125 };

/** A Docker that writes down what it is told, one argument per line. */
function makeDocker(securityOptions = 'name=seccomp') {
  const folder = makeFolder('docker, "quoted" ');
  const log = join(folder, 'calls');
  const script =
    `printf '%s\\n' "$@" >> '${log}'; ` + `[ "$1" = info ] && echo '${securityOptions}'; exit 0`;
  return {
    folder,
    docker: fakeProgram(folder, 'docker', script),
    calls: () => readFileSync(log, 'utf8').split('\n'),
  };
}

describe('RabbitMQ in a container', () => {
  it('listens on loopback alone, as our user, with its data in our folder, and goes when it ends', () => {
    const { folder, docker } = makeDocker();
    const { args } = containerRecipe(docker, { folder, ports, passwords });
    const user = `${process.getuid?.() ?? ''}:${process.getgid?.() ?? ''}`;
    expect(args).toEqual(
      expect.arrayContaining(['run', '--rm', '--user', user, '--publish', '127.0.0.1:20123:5672']),
    );
    expect(args.at(-1)).toBe('rabbitmq:4');
  });

  it('mounts a path with commas and quotes as Docker reads it, which is as CSV', () => {
    const { folder, docker } = makeDocker();
    const { args } = containerRecipe(docker, { folder, ports, passwords });
    const data = join(folder, 'container-data').replaceAll('"', '""');
    expect(args).toContain(`type=bind,"source=${data}",target=/var/lib/rabbitmq`);
  });

  it('is root inside a rootless engine, which is our user outside', () => {
    const { folder, docker } = makeDocker('name=rootless');
    const { args } = containerRecipe(docker, { folder, ports, passwords });
    expect(args[args.indexOf('--user') + 1]).toBe('0:0');
  });

  it('first removes the container that a killed launcher has left, which has the same name', () => {
    const { folder, docker, calls } = makeDocker();
    const { beforeStart, command, args } = containerRecipe(docker, { folder, ports, passwords });
    beforeStart?.();
    expect(calls()).toEqual(expect.arrayContaining(['rm', '--force', containerName(folder)]));
    execFileSync(command, args);
    expect(args).toContain(containerName(folder));
  });

  it('is given hashes of passwords, in a file that only we may read', () => {
    const { folder, docker } = makeDocker();
    containerRecipe(docker, { folder, ports, passwords: { ...passwords, operator: 'opensesame' } });
    const file = join(folder, 'container/definitions.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('opensesame');
  });
});
