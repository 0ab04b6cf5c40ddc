import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { inSource } from './source-place.js';

const program = `
import { createLogger, Metrics } from './dist/libs/telemetry/src/index.js';
try {
  new Metrics('tickets').counter({ name: 'no name for a metric', help: '' });
} catch (error) {
  createLogger({ service: 'tickets' }).error('failed', { error });
}`;

it('a stack trace names the line of the source where compiled code has failed', () => {
  const logged = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  const [, file = '', line] =
    /at Metrics\.counter \((libs\/telemetry\/src\/metrics\.ts):(\d+):\d+\)/.exec(logged) ?? [];
  const source = readFileSync(file, 'utf8').split('\n');
  expect(source[Number(line) - 1]).toContain('new Counter({ name, help');
});

it('a stack trace keeps a frame as it is where no source is known', () => {
  for (const frame of [
    'at fn (node:internal/process:12:5)',
    'at fn (file:///nowhere/dist/libs/a.js:12:5)',
    'at fn (file:///app/node_modules/pg/lib/client.js:12:5)',
    'at fn (/app/libs/a.ts:12:5)',
  ])
    expect(inSource(frame)).toBe(frame);
});
