/** `npm test`: Jest beside private servers. What follows the command goes to Jest: `npm test -- libs/outbox`. */
import { runWithServers } from './terminal/run-with-servers.js';

const options = [process.env['NODE_OPTIONS'], '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

process.exit(
  await runWithServers({
    program: process.execPath,
    // One at a time, since the names of queues are fixed; the cache must outlive the temporary folder.
    args: ['node_modules/jest/bin/jest.js', '--maxWorkers=1', '--cacheDirectory=node_modules/.cache/jest', ...process.argv.slice(3)],
    env: { NODE_OPTIONS: options.filter(Boolean).join(' ') },
  }),
);
