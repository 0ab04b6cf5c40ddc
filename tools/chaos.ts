/**
 * `npm run test:chaos`: what follows the command goes to Jest:
 * `npm run test:chaos -- cluster`.
 */
import { runJest } from './terminal/run-jest.js';

process.exit(await runJest(['--config=jest.chaos.config.mjs', ...process.argv.slice(3)]));
