/**
 * `npm run test:security`: what follows the command goes to Jest:
 * `npm run test:security -- canary`.
 */
import { runJest } from './terminal/run-jest.js';

process.exit(await runJest(['--config=jest.security.config.mjs', ...process.argv.slice(3)]));
