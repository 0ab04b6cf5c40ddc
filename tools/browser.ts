/**
 * `npm run test:browser`: the page in a real browser. What follows the command goes to
 * Jest: `npm run test:browser -- story`.
 */
import { obtainChromium } from './chromium/obtain-chromium.js';
import { explain } from './stack/launcher-error.js';
import { runJest } from './terminal/run-jest.js';
import { TerminalReporter } from './terminal/terminal-reporter.js';

const reporter = new TerminalReporter(process.stderr, process.env);
try {
  process.env['CHROMIUM_PATH'] = obtainChromium(process.env, process.getuid?.() === 0, reporter);
} catch (error) {
  reporter.fail(explain(error));
  process.exit(1);
}
process.exit(await runJest(['--config=jest.browser.config.mjs', ...process.argv.slice(3)]));
