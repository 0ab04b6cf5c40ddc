import { afterAll, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../tools/stack/paths.js';
import { waitFor } from '../support/wait-for.js';

/**
 * Beside the servers of this test run, which the command finds in the environment it
 * inherits: none has to be started.
 */
describe('a command beside servers, as npm test runs Jest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'with-servers-'));
  let output = '';

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (script: string): ChildProcess => {
    output = '';
    const args = ['tools/bootstrap.mjs', 'with-servers', process.execPath, '-e', script];
    const env = { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, args, {
      cwd: repositoryRoot(),
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (text) => (output += String(text)));
    return child;
  };
  const exitCodeOf = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => child.once('exit', resolve));

  it('ends with the exit code of the command', async () => {
    expect(await exitCodeOf(run('process.exit(7)'))).toBe(7);
    expect(await exitCodeOf(run(''))).toBe(0);
  });

  it('gives the command the URLs of the servers, and a temporary folder that goes with it', async () => {
    const script =
      'fs.writeFileSync(path.join(os.tmpdir(), "left"), ""); console.log(process.env.TEST_RABBITMQ_URL)';
    expect(await exitCodeOf(run(script))).toBe(0);
    expect(output.trim()).toBe(process.env['TEST_RABBITMQ_URL']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'fails when it is interrupted by %s, so that nobody takes its tests for passed',
    async (signal, code) => {
      const child = run('console.log("running"); setInterval(() => {}, 1000)');
      await waitFor(() => output.includes('running'));
      const ended = exitCodeOf(child);
      child.kill(signal);
      expect(await ended).toBe(code);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
