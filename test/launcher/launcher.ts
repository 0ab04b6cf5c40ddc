import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identify, isAlive } from '../../tools/stack/processes/process-id.js';
import { type StackDescription } from '../../tools/stack/stack-file.js';
import { waitFor } from '../support/wait-for.js';
import { makeStandIn } from './stand-in.js';

/** A launcher in a process of its own. */
export class Launcher {
  private output = '';
  private readonly ended: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    child.stdout?.on('data', (text) => (this.output += String(text)));
    child.stderr?.on('data', (text) => (this.output += String(text)));
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }

  static start(folder: string, env: NodeJS.ProcessEnv = {}): Launcher {
    const fixture = fileURLToPath(new URL('launcher.fixture.mjs', import.meta.url));
    const inherited = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };
    const args = [fixture, join(folder, '.stack'), makeStandIn(join(folder, 'clone'))];
    return new Launcher(
      spawn(process.execPath, args, {
        env: { ...inherited, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
      folder,
    );
  }

  get text(): string {
    return this.output;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** @returns the exit code */
  end(): Promise<number | null> {
    return this.ended;
  }

  /** @returns what stack.json says once everything is up */
  async up(): Promise<StackDescription> {
    await waitFor(
      () => this.output.includes('Everything is up') || this.child.exitCode !== null,
      120_000,
    );
    if (this.child.exitCode !== null) throw new Error(`the launcher ended:\n${this.output}`);
    return this.read();
  }

  /** @returns what stack.json says now */
  read(): StackDescription {
    return JSON.parse(readFileSync(this.stackFile, 'utf8')) as StackDescription;
  }

  get stackFile(): string {
    return join(this.folder, '.stack/stack.json');
  }

  get isDescribed(): boolean {
    return existsSync(this.stackFile);
  }
}

export const makeFolder = (name: string): string => mkdtempSync(join(tmpdir(), name));

export const pidsOf = ({ pids }: StackDescription): readonly number[] => Object.values(pids).flat();

export const isRunning = (pid: number): boolean => isAlive(identify(pid));
