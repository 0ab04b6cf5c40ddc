import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { repositoryRoot } from '../../tools/stack/paths.js';
import { testVariable } from '../support/database.js';

/** As npm does it for `npm run <command> -- <args>`. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['tools/bootstrap.mjs', 'run', ...args],
    {
      cwd: repositoryRoot(),
      env: { ...inherited, ...env },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

describe('npm run <command>', () => {
  it('explains a command, on the standard output and on nothing else', () => {
    const { status, stdout } = run(['dead-letters', '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Dead letters: .*dead-letters replay/s);
  });

  it.each([[[]], [['no-such-command']], [['dead-letters']], [['dead-letters', 'sing']]])(
    'answers 2 to what makes no sense: %j',
    (args) => {
      const { status, stderr } = run(args);
      expect(status).toBe(2);
      expect(stderr).toContain('dead-letters');
    },
  );

  it('works on the servers of the environment', () => {
    expect(
      run(['dead-letters', 'list'], { RABBITMQ_URL: testVariable('TEST_RABBITMQ_URL') }),
    ).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/\d+ dead letters?\.\n$/),
    });
  });

  it('says why when a server cannot be reached, and no password', () => {
    const { status, stderr } = run(['dead-letters', 'list'], {
      RABBITMQ_URL: 'amqp://operator:s3cret@127.0.0.1:1',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/Failed: the broker cannot be reached: .*ECONNREFUSED/);
    expect(stderr).not.toContain('s3cret');
  });
});
