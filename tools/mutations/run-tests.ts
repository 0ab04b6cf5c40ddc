import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endOrphans, identify, killGroup } from '../stack/processes/process-id.js';
import { jestCommand } from '../terminal/run-jest.js';

/**
 * What Jest wrote of a run:
 * https://jestjs.io/docs/configuration#testresultsprocessor-string
 */
interface Report {
  readonly numPassedTests: number;
  /** Suites that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

interface TestRun {
  /** The full titles of the tests that were begun, and failed. */
  readonly failed: readonly string[];
  readonly passed: number;
  /**
   * Why tests could not be run: that a test file cannot be loaded or set up, or
   * never ends, proves nothing.
   */
  readonly broken: string | undefined;
}

let running: ChildProcess | undefined;

/** Ends the tests that are running, should there be any. */
export const stopTests = (): void => {
  if (running?.pid !== undefined) killGroup(identify(running.pid));
};

/** Milliseconds for a test file: many times what the slowest takes. */
const timeoutMs = 300_000;

/** Runs test files of a tree, one after the other. */
export async function runTests(
  tree: string,
  files: readonly string[],
  limit = timeoutMs * files.length,
): Promise<TestRun> {
  const [output, begun] = [join(tree, 'report.json'), join(tree, 'begun')];
  for (const file of [output, begun]) rmSync(file, { force: true });
  const notes = '--setupFilesAfterEnv=<rootDir>/tools/mutations/note-begun.ts';
  const { program, args, env } = jestCommand(
    ['--silent', '--json', `--outputFile=${output}`, notes, '--runTestsByPath', ...files],
    '.jest-cache',
  );
  const jest = (running = spawn(program, args, {
    cwd: tree,
    env: { ...process.env, ...env, TESTS_BEGUN: begun },
    stdio: 'ignore',
    // The leader of a group: its workers do not end with a Jest that is killed.
    detached: true,
    timeout: limit,
    killSignal: 'SIGKILL',
  }));
  const [, signal] = (await once(jest, 'exit')) as [number | null, NodeJS.Signals | null];
  await endOrphans(jest.pid ?? 0);
  running = undefined;
  if (signal !== null) return { failed: [], passed: 0, broken: `no end within ${limit / 1000} s` };
  return judge(
    JSON.parse(readFileSync(output, 'utf8')) as Report,
    existsSync(begun) ? readFileSync(begun, 'utf8').split('\n') : [],
  );
}

function judge(
  { testResults, numPassedTests, numRuntimeErrorTestSuites }: Report,
  begun: readonly string[],
): TestRun {
  const titles = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap((it) => (it.status === 'failed' ? [it.fullName] : [])),
  );
  const failed = titles.filter((title) => begun.includes(JSON.stringify(title)));
  const isBroken = numRuntimeErrorTestSuites > 0 || (failed.length === 0 && titles.length > 0);
  return {
    failed,
    passed: numPassedTests,
    broken: isBroken ? testResults.map(({ message }) => message).join('\n') : undefined,
  };
}
