import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ProcessId,
  identify,
  killGroup,
  stopGroup,
} from '../../tools/stack/processes/process-id.js';
import { stopLeftovers } from '../../tools/stack/processes/process-journal.js';
import { type StackDescription } from '../../tools/stack/stack-file.js';
import { removeTestFolder } from '../../tools/stack/test-folder.js';
import { withoutLimits } from '../without-limits.js';

/** Milliseconds from SIGTERM to SIGKILL. */
const patience = 60_000;
const isUp = /^Everything is up after /m;

/** What is launched, and with which variables besides {@link withoutLimits}. */
export interface Launch {
  readonly tree: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A tree's own `npm start`: whatever commit it is of, nothing of ours runs in it. */
export class LaunchedStack {
  private readonly launchedAt = performance.now();

  private constructor(
    readonly tree: string,
    private readonly log: string,
    private readonly child: ChildProcess,
    private readonly id: ProcessId,
  ) {}

  /** Of the launcher. */
  get pid(): number {
    return this.id.pid;
  }

  /** @param anew without the data of an earlier run */
  static async launch({ tree, env }: Launch, anew: boolean): Promise<LaunchedStack> {
    if (anew && existsSync(join(tree, '.stack'))) await removeTestFolder(join(tree, '.stack'));
    const log = `${tree}.log`;
    const output = openSync(log, 'w');
    // Out of reach of the terminal's Ctrl-C, which is for the one that stops it.
    const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'start'], {
      cwd: tree,
      env: { ...withoutLimits, ...env },
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    if (child.pid === undefined) throw new Error(`Node could not be started in ${tree}`);
    return new LaunchedStack(tree, log, child, identify(child.pid));
  }

  /** Resolves when everything is up, the broker too. */
  async up(): Promise<void> {
    while (!isUp.test(readFileSync(this.log, 'utf8'))) {
      this.throwIfEnded();
      await sleep(100);
    }
  }

  /**
   * Resolves when the gateway has answered, as every service does by then; {@link up} is
   * seconds later.
   * @returns milliseconds since the launch
   */
  async answers(): Promise<number> {
    while (!existsSync(this.stackFile)) {
      this.throwIfEnded();
      await sleep(10);
    }
    await fetch(new URL('/readyz', this.description.gatewayUrl));
    return performance.now() - this.launchedAt;
  }

  get description(): StackDescription {
    return JSON.parse(readFileSync(this.stackFile, 'utf8')) as StackDescription;
  }

  async stop(): Promise<void> {
    await stopGroup(this.id, 'SIGTERM', patience);
    await stopLeftovers(join(this.tree, '.stack/journal.json'));
  }

  /** Ends the launcher at once; what it started is ended by {@link stop}. */
  stopNow(): void {
    killGroup(this.id);
  }

  private get stackFile(): string {
    return join(this.tree, '.stack/stack.json');
  }

  private throwIfEnded(): void {
    if (this.child.exitCode !== null)
      throw new Error(`${this.tree} did not start:\n${readFileSync(this.log, 'utf8')}`);
  }
}
