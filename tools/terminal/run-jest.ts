import { runWithServers } from './run-with-servers.js';

const nodeOptions = [process.env['NODE_OPTIONS'], '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/**
 * Runs Jest beside private servers.
 * @returns its exit code
 */
export const runJest = (args: readonly string[]): Promise<number> =>
  runWithServers({
    program: process.execPath,
    // One at a time, since the names of queues are fixed; the cache must outlive the temporary folder.
    args: ['node_modules/jest/bin/jest.js', '--maxWorkers=1', '--cacheDirectory=node_modules/.cache/jest', ...args],
    env: { NODE_OPTIONS: nodeOptions.filter(Boolean).join(' ') },
  });
