import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);

/** @returns the events that a fixture has logged, however it ended */
async function eventsOf(fixture: string): Promise<string[]> {
  const env = { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1' };
  const ended = run(process.execPath, [join(import.meta.dirname, fixture)], { env });
  const { stdout } = await ended.catch((error: unknown) => error as { stdout: string });
  return stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);
}

it('the log has every line, in order, when the process ends', async () => {
  expect(await eventsOf('last-lines.fixture.mjs')).toEqual(['stopping', 'stopped']);
});

it('the log writes a warning at once, with all lines before it, so that not even SIGKILL loses them', async () => {
  expect(await eventsOf('killed.fixture.mjs')).toEqual(['began', 'in trouble']);
});
