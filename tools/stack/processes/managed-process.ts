import { spawn } from 'node:child_process';
import { type WriteStream } from 'node:fs';
import { type Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { type ProcessId, identify, killOrphans } from './process-id.js';

/** How one process is started, and how it is asked to end. */
export interface Recipe {
  /** Unique, such as `tickets-2`. */
  readonly name: string;
  /** What it is one of, such as `tickets`; default `name`. */
  readonly kind?: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited that is not named here. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds from the stop signal to SIGKILL, default 10,000. */
  readonly timeoutMs?: number;
  /** Whether what it prints is shown, besides being logged. */
  readonly shown?: boolean;
  /** Runs before every start, the first one too. */
  readonly beforeStart?: () => void;
}

interface Ending {
  readonly code: number | null;
  /** How it ended, in words. */
  readonly words: string;
}

export interface ManagedProcess {
  readonly id: ProcessId;
  readonly ended: Promise<Ending>;
}

/**
 * Starts a process as the leader of its own group, so that Ctrl-C in the terminal reaches
 * the launcher alone, which then stops everything in order.
 * @param onLine gets every line it prints
 */
export function startProcess(
  recipe: Recipe,
  log: WriteStream,
  onLine: (line: string) => void,
): ManagedProcess {
  const { command, args, env, cwd } = recipe;
  recipe.beforeStart?.();
  const child = spawn(command, args, {
    env,
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const forward = (output: Readable) =>
    createInterface({ input: output, crlfDelay: Infinity }).on('line', (line) => {
      log.write(`${line}\n`);
      onLine(line);
    });
  forward(child.stdout);
  forward(child.stderr);
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, words: error.message });
    });
    child.once('exit', (code, signal) => {
      // What it leaves of its group ends with it, so that a new one finds its place.
      killOrphans(child.pid ?? 0);
      const finish = () => {
        resolve({
          code,
          words: signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`,
        });
      };
      // Its last lines may still be under way; but not for long, and what left the group
      // may hold the pipes for good.
      child.once('close', finish);
      setTimeout(finish, 500).unref();
    });
  });
  return {
    id: child.pid === undefined ? { pid: 0, started: undefined } : identify(child.pid),
    ended,
  };
}
