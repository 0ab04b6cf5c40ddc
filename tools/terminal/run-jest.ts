import { type Command, runWithServers } from './run-with-servers.js';

const nodeOptions = [
  process.env['NODE_OPTIONS'],
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
];

/**
 * How to run Jest in a folder that has its configuration.
 * @param cache outside the temporary folder, so that the next run can use it
 */
export const jestCommand = (
  args: readonly string[],
  cache = 'node_modules/.cache/jest',
): Command => ({
  program: process.execPath,
  args: ['node_modules/jest/bin/jest.js', `--cacheDirectory=${cache}`, ...args],
  env: { NODE_OPTIONS: nodeOptions.filter(Boolean).join(' ') },
});

/**
 * Runs Jest beside private servers.
 * @returns its exit code
 */
export const runJest = (args: readonly string[]): Promise<number> =>
  runWithServers(jestCommand(args));
