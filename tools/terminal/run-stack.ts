import { ensureDemoData } from '../demo/demo-data.js';
import { greeting } from '../demo/greeting.js';
import { explain } from '../stack/launcher-error.js';
import { usesDevTokens } from '../stack/services/environment.js';
import { Stack } from '../stack/stack.js';
import { runUntilInterrupted } from './run-until-interrupted.js';
import { TerminalReporter } from './terminal-reporter.js';

interface StackRun {
  /** The stack's data. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Top folder of a built clone; default this one. */
  readonly root?: string;
}

/**
 * Starts the whole system, keeps it running until Ctrl-C, and reports to the terminal.
 * @returns the exit code
 */
export async function runStack({ folder, env, root }: StackRun): Promise<number> {
  const reporter = new TerminalReporter(process.stdout, env);
  const fail = (error: unknown) => {
    reporter.fail(explain(error));
  };
  try {
    reporter.say('Private Credentials\n');
    const stack = new Stack({ folder, env, reporter, ...(root !== undefined && { root }) });
    const code = await runUntilInterrupted({
      work: () => mergeInto(stack, env, reporter),
      stop: () => stack.stop(),
      stopNow: () => {
        stack.stopNow();
      },
      onInterrupt: () => {
        reporter.say('\nStopping … (again to hurry)');
        return 0;
      },
      onFailure: fail,
    });
    reporter.say('Everything is stopped.');
    return code;
  } catch (error) {
    fail(error);
    return 1;
  }
}

async function mergeInto(
  stack: Stack,
  env: NodeJS.ProcessEnv,
  reporter: TerminalReporter,
): Promise<never> {
  const devTokens = usesDevTokens(env);
  if (env['NODE_ENV'] === 'production' && devTokens)
    reporter.warn(
      'NODE_ENV=production is not passed on, since this stack signs its own development tokens',
    );
  const description = await stack.start();
  reporter.say(`\nHTTP answers after ${process.uptime().toFixed(1)} s.`);
  const demo =
    devTokens && stack.ownsServers
      ? await ensureDemoData(description.gatewayUrl, stack.paths.demo, reporter)
      : undefined;
  reporter.say(greeting({ ...description, publicUrl: env['PUBLIC_URL'], devTokens, demo }));
  await stack.brokerReady;
  reporter.say(`Everything is up after ${process.uptime().toFixed(1)} s. Ctrl-C stops it.\n`);
  return new Promise<never>(() => undefined);
}
