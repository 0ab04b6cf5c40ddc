import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptRecipe } from '../../tools/stack/apt.js';
import { fakeProgram } from './fake-program.js';
import { makeFolder } from './launcher.js';

/**
 * Runs the installation with an apt-get that writes down how it was
 * called, and what policy it found.
 */
function install({ policy, fails = false }: { policy?: string; fails?: boolean } = {}) {
  const folder = makeFolder('apt-');
  const [log, policyFile] = [join(folder, 'log'), join(folder, 'policy-rc.d')];
  if (policy !== undefined) writeFileSync(policyFile, policy);
  const aptGet = fakeProgram(
    folder,
    'apt-get',
    `echo "$DEBIAN_FRONTEND $@" >> '${log}'; cat '${policyFile}' >> '${log}'; ` +
      `exit ${fails ? 100 : 0}`,
  );
  const { command, args, env } = aptRecipe(
    aptGet,
    { PATH: process.env['PATH'], POLICY_FILE: policyFile },
    { name: 'rabbitmq-server', units: [] },
  );
  const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  return {
    status,
    stderr,
    log: existsSync(log) ? readFileSync(log, 'utf8') : '',
    policy: existsSync(policyFile) ? readFileSync(policyFile, 'utf8') : undefined,
  };
}

describe('installing RabbitMQ with apt-get', () => {
  it('asks nothing, and forbids services to start for as long as it takes', () => {
    const { status, log, policy } = install();
    expect(status).toBe(0);
    expect(log).toMatch(
      /noninteractive -q update\n(.*\n)*exit 101\nnoninteractive -q install -y --no-install-recommends rabbitmq-server\n(.*\n)*exit 101/,
    );
    expect(policy).toBeUndefined();
  });

  it('takes its policy away again when it fails', () => {
    const { status, policy } = install({ fails: true });
    expect(status).toBe(100);
    expect(policy).toBeUndefined();
  });

  it('leaves a policy that forbids services already as it is', () => {
    const own = '#!/bin/sh\n# the machine’s own\nexit 101\n';
    expect(install({ policy: own })).toMatchObject({ status: 0, policy: own });
  });

  it('installs nothing where a policy may allow the service to start', () => {
    expect(install({ policy: '#!/bin/sh\nexit 0\n' })).toMatchObject({ status: 1, log: '' });
  });
});
