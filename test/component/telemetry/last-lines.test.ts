import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

it('has written every line, in order, when the process ends', async () => {
  const fixture = join(import.meta.dirname, 'last-lines.fixture.mjs');
  const env = { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [fixture], { env });
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events).toEqual(['stopping', 'stopped']);
});
