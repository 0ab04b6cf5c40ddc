/**
 * `npm run test:publishers`: what follows the command goes to Jest:
 * `npm run test:publishers -- -t bunny`.
 */
import { obtainClients } from './publishers/obtain-clients.js';
import { explain } from './stack/launcher-error.js';
import { runJest } from './terminal/run-jest.js';
import { TerminalReporter } from './terminal/terminal-reporter.js';

const reporter = new TerminalReporter(process.stderr, process.env);
try {
  obtainClients(process.env, process.getuid?.() === 0, reporter);
} catch (error) {
  reporter.fail(explain(error));
  process.exit(1);
}
process.exit(await runJest(['--config=jest.publishers.config.mjs', ...process.argv.slice(3)]));
