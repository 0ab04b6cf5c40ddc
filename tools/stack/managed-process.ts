import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { type Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { type ProcessId, identify, stopGroup } from './process-id.js';

/** How one process is started, and how it is asked to end. */
export interface Recipe {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited that is not named here. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}

export interface ManagedProcess {
  readonly id: ProcessId;
  /** How it ended, in words; resolves when it did. */
  readonly ended: Promise<string>;
  /** @param patience milliseconds until SIGKILL */
  stop(patience: number): Promise<void>;
}

/**
 * Starts a process as the leader of its own group, so that Ctrl-C in the terminal reaches the launcher alone, which then stops everything in order.
 * @param logFile what it prints is appended here
 * @param onLine gets every line it prints
 */
export function startProcess(recipe: Recipe, logFile: string, onLine: (line: string) => void): ManagedProcess {
  const { command, args, env, cwd, stopSignal = 'SIGTERM' } = recipe;
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  // A log that cannot be written (disk full) must not end the launcher; the lines still reach the terminal.
  log.on('error', () => undefined);
  const forward = (output: Readable) =>
    createInterface({ input: output, crlfDelay: Infinity }).on('line', (line) => {
      log.write(`${line}\n`);
      onLine(line);
    });
  forward(child.stdout);
  forward(child.stderr);
  child.once('close', () => log.end());
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    // Not 'close': what a process leaves behind may hold its pipes open.
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
    });
  });
  const id = child.pid === undefined ? { pid: 0, started: undefined } : identify(child.pid);
  return { id, ended, stop: (patience) => stopGroup(id, stopSignal, patience) };
}
