import { describe, expect, it } from '@jest/globals';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Machine, findBroker } from '../../tools/stack/rabbitmq/broker-source.js';
import { fakeProgram } from './fake-program.js';
import { makeFolder } from './launcher.js';

/** A machine on which only what is put into its folder can be found. */
function makeMachine(over: Partial<Machine> = {}): Machine & { readonly bin: string } {
  const bin = makeFolder('machine-');
  return { isRoot: true, folders: [], ...over, env: { PATH: bin, ...over.env }, bin };
}

const rabbitmq = ({ bin }: { bin: string }) => {
  fakeProgram(bin, 'epmd', '');
  return fakeProgram(bin, 'rabbitmq-server', '');
};
const docker = ({ bin }: { bin: string }, answer = 'echo 28.0.1') =>
  fakeProgram(bin, 'docker', answer);
const aptGet = ({ bin }: { bin: string }) => fakeProgram(bin, 'apt-get', '');

describe('where RabbitMQ comes from', () => {
  it('is rabbitmq-server on the PATH before anything else', () => {
    const machine = makeMachine();
    docker(machine);
    aptGet(machine);
    const server = rabbitmq(machine);
    expect(findBroker(machine)).toMatchObject({ kind: 'local', server });
  });

  it('is also found where packages put it beyond the PATH', () => {
    const elsewhere = makeFolder('sbin-');
    const machine = makeMachine({ folders: [elsewhere] });
    fakeProgram(machine.bin, 'epmd', '');
    const server = fakeProgram(elsewhere, 'rabbitmq-server', '');
    expect(findBroker(machine)).toMatchObject({ kind: 'local', server });
  });

  it('is the real script behind a package’s wrapper, which would change the user', () => {
    const machine = makeMachine();
    const lib = join(machine.bin, 'lib');
    mkdirSync(lib);
    fakeProgram(machine.bin, 'epmd', '');
    symlinkSync(
      fakeProgram(lib, 'rabbitmq-script-wrapper', 'exit 1'),
      join(machine.bin, 'rabbitmq-server'),
    );
    const server = fakeProgram(lib, 'rabbitmq-server', '');
    expect(findBroker(machine)).toMatchObject({ kind: 'local', server });
  });

  it('is a Docker engine that answers, when none is installed', () => {
    const machine = makeMachine();
    aptGet(machine);
    expect(findBroker({ ...machine })).toMatchObject({ kind: 'apt' });
    const path = docker(machine);
    expect(findBroker(machine)).toEqual({ kind: 'docker', docker: path });
  });

  it.each(['exit 1', 'echo ""'])('is not Docker where only its client is there (%s)', (answer) => {
    const machine = makeMachine({ isRoot: false });
    docker(machine, answer);
    expect(() => findBroker(machine)).toThrow('There is no RabbitMQ to be had');
  });

  it.each([
    ['forbidden by STACK_NO_INSTALL=1', { env: { STACK_NO_INSTALL: '1' } }],
    ['not allowed to an ordinary user', { isRoot: false }],
  ])('is not apt when that is %s', (_why, over) => {
    const machine = makeMachine(over);
    aptGet({ bin: machine.bin });
    expect(() => findBroker({ ...machine, env: { ...machine.env, PATH: machine.bin } })).toThrow(
      'There is no RabbitMQ to be had',
    );
  });

  it('cannot be told, and then every way is named', () => {
    const named = [
      /rabbitmq-server is on the PATH/,
      /docker info/,
      /apt-get/,
      /STACK_NO_INSTALL/,
      /RABBITMQ_URL/,
    ];
    for (const way of named) expect(() => findBroker(makeMachine({ isRoot: false }))).toThrow(way);
  });
});
