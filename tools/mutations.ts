/**
 * `npm run test:mutations`: words that follow choose mutations by their names:
 * `npm run test:mutations -- lease`.
 */
import { join } from 'node:path';
import { repositoryRoot } from './stack/paths.js';
import { runWithServers } from './terminal/run-with-servers.js';

// The servers are started once, for all mutations.
process.exit(
  await runWithServers({
    program: process.execPath,
    args: [join(repositoryRoot(), 'dist/tools/mutations/check.js'), ...process.argv.slice(3)],
  }),
);
