import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join } from 'node:path';
import { explain } from '../stack/launcher-error.js';
import { databaseVariables } from '../stack/given-servers.js';
import { type Servers } from '../stack/servers.js';
import { databaseNames } from '../stack/secrets.js';
import { Stack } from '../stack/stack.js';
import {
  makeTestFolder,
  removeForgottenTestFolders,
  removeTestFolder,
} from '../stack/test-folder.js';
import { runUntilInterrupted } from './run-until-interrupted.js';
import { TerminalReporter } from './terminal-reporter.js';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * One for each of Jest's workers, since the names of queues are fixed. There is one more
 * than processors, since tests wait for a third of their time; more than four would only
 * wait for the servers.
 */
const vhosts = Array.from(
  { length: Math.min(availableParallelism() + 1, 4) },
  (_, index) => `worker-${index + 1}`,
);

/**
 * Runs a command beside private servers, whose URLs are in the TEST_… variables; servers
 * that the environment names already are used instead. The servers and all temporary
 * files are removed however the command ends.
 * @returns its exit code
 */
export async function runWithServers(command: Command): Promise<number> {
  const reporter = new TerminalReporter(process.stderr, process.env);
  const folder = makeTestFolder();
  const stack = new Stack({
    folder,
    env: process.env,
    reporter,
    prefix: 'TEST_',
    throwaway: true,
    vhosts,
  });
  let child: ChildProcess | undefined;
  return runUntilInterrupted({
    work: async () => {
      await removeForgottenTestFolders();
      const servers = await stack.startServers();
      await servers.brokerReady;
      child = start(command, {
        ...process.env,
        ...testVariables(servers),
        TMPDIR: makeInner(folder, 'tmp'),
      });
      return exitOf(child);
    },
    stop: async () => {
      child?.kill('SIGTERM');
      if (child !== undefined) await exitOf(child);
      await stack.stop();
      await removeTestFolder(folder);
    },
    stopNow: () => {
      child?.kill('SIGKILL');
      stack.stopNow();
    },
    onInterrupt: (signal) => {
      reporter.say('Stopping …');
      // An interrupted run has not passed.
      return 128 + constants.signals[signal];
    },
    onFailure: (error) => {
      reporter.fail(explain(error));
    },
  });
}

/** With our terminal, for commands that ask the user. */
const start = ({ program, args, env }: Command, inherited: NodeJS.ProcessEnv): ChildProcess =>
  spawn(program, args, { stdio: 'inherit', env: { ...inherited, ...env } });

function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(child.exitCode ?? 1);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

function testVariables({ databases, brokerUrls, vhostUrls }: Servers): NodeJS.ProcessEnv {
  const urls = databaseNames.flatMap((name) => {
    const { owner, service } = databaseVariables(name);
    return [
      [`TEST_${owner}`, databases[name].owner],
      [`TEST_${service}`, databases[name].service],
    ];
  });
  const broker = {
    TEST_RABBITMQ_URL: brokerUrls.operator,
    TEST_RABBITMQ_URLS: vhostUrls.join(','),
  };
  return { ...(Object.fromEntries(urls) as NodeJS.ProcessEnv), ...broker };
}

function makeInner(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o711 });
  return path;
}
