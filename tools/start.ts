/** `npm start`: brings the whole system up on this machine, and keeps it up until Ctrl-C. */
import { join } from 'node:path';
import { ensureDemoData } from './demo/demo-data.js';
import { greeting } from './demo/greeting.js';
import { explain } from './stack/fault.js';
import { repositoryRoot } from './stack/paths.js';
import { usesDevTokens } from './stack/services/environment.js';
import { Stack } from './stack/stack.js';
import { runUntilInterrupted } from './terminal/run-until-interrupted.js';
import { TerminalReporter } from './terminal/terminal-reporter.js';

const { env } = process;
const reporter = new TerminalReporter(process.stdout, env);
const startedAt = performance.now() - process.uptime() * 1000;
const seconds = (): string => ((performance.now() - startedAt) / 1000).toFixed(1);

async function bringUp(stack: Stack): Promise<never> {
  const { gatewayUrl } = await stack.start();
  reporter.say(`\nHTTP answers at ${gatewayUrl} after ${seconds()} s.`);
  const demo = usesDevTokens(env) && stack.ownsServers ? await ensureDemoData(gatewayUrl, stack.paths.demo, reporter) : undefined;
  reporter.say(greeting({ ...stack.description, devTokens: usesDevTokens(env), demo }));
  await stack.brokerReady;
  reporter.say(`Everything is up after ${seconds()} s. Ctrl-C stops it.\n`);
  return new Promise<never>(() => undefined);
}

async function main(): Promise<number> {
  reporter.say('Private Credentials\n');
  if (env['NODE_ENV'] === 'production' && usesDevTokens(env))
    reporter.warn('NODE_ENV=production is not passed on: this stack signs its own development tokens');
  const stack = new Stack({ folder: join(repositoryRoot(), '.stack'), env, reporter });
  return runUntilInterrupted({
    work: () => bringUp(stack),
    stop: () => stack.stop(),
    hurry: () => {
      stack.hurry();
    },
    onInterrupt: () => {
      reporter.say('\nStopping … (again to hurry)');
    },
    onFailure: (error) => {
      reporter.fail(explain(error));
    },
  });
}

process.exitCode = await main().catch((error: unknown) => {
  reporter.fail(explain(error));
  return 1;
});
if (process.exitCode === 0) reporter.say('Stopped.');
process.exit();
