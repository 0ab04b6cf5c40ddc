/**
 * `npm run test:proxies`: what follows the command goes to Jest:
 * `npm run test:proxies -- -t nginx`.
 */
import { obtainChromium } from './chromium/obtain-chromium.js';
import { obtainProxies } from './proxies/obtain-proxies.js';
import { explain } from './stack/launcher-error.js';
import { runJest } from './terminal/run-jest.js';
import { TerminalReporter } from './terminal/terminal-reporter.js';

const reporter = new TerminalReporter(process.stderr, process.env);
try {
  const isRoot = process.getuid?.() === 0;
  process.env['CHROMIUM_PATH'] = obtainChromium(process.env, isRoot, reporter);
  process.env['PATH'] = obtainProxies(process.env, isRoot, reporter);
} catch (error) {
  reporter.fail(explain(error));
  process.exit(1);
}
process.exit(await runJest(['--config=jest.proxies.config.mjs', ...process.argv.slice(3)]));
