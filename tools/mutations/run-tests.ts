import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jestCommand } from '../terminal/run-jest.js';

/** What Jest wrote of a run: https://jestjs.io/docs/configuration#testresultsprocessor-string */
interface Report {
  readonly numPassedTests: number;
  /** Suites that could not even be loaded. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface TestRun {
  /** The full titles of the tests that failed. */
  readonly failed: readonly string[];
  readonly passed: number;
  /** Why the tests could not be run at all: that a test file cannot be loaded proves nothing. */
  readonly broken: string | undefined;
}

let running: ChildProcess | undefined;

/** Ends the tests that are running, should there be any. */
export const stopTests = (): void => {
  running?.kill('SIGTERM');
};

/** Runs test files of a tree, one after the other. */
export async function runTests(tree: string, files: readonly string[]): Promise<TestRun> {
  const output = join(tree, 'report.json');
  rmSync(output, { force: true });
  const { program, args, env } = jestCommand(['--silent', '--json', `--outputFile=${output}`, '--runTestsByPath', ...files], '.jest-cache');
  running = spawn(program, args, { cwd: tree, env: { ...process.env, ...env }, stdio: 'ignore' });
  await once(running, 'exit');
  running = undefined;
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report;
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    passed: report.numPassedTests,
    broken: report.numRuntimeErrorTestSuites > 0 ? report.testResults.map(({ message }) => message).join('\n') : undefined,
  };
}
