import { spawn } from 'node:child_process';
import { type WriteStream } from 'node:fs';
import { type ProcessId, identify, killOrphans } from './process-id.js';
import { passWholeLines } from './whole-lines.js';

/** How to start a process, and how to stop it. */
export interface Recipe {
  /** Unique, such as `tickets-2`. */
  readonly name: string;
  /** The service or server, such as `tickets`; default `name`. */
  readonly kind?: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing else is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Milliseconds from the stop signal to SIGKILL, default 10,000. */
  readonly timeoutMs?: number;
  /** Whether its output is printed too, besides being logged. */
  readonly shown?: boolean;
  /** Runs before every start, the first one too. */
  readonly beforeStart?: () => void;
}

interface Ending {
  readonly code: number | null;
  /** How it ended. */
  readonly description: string;
}

export interface ManagedProcess {
  readonly id: ProcessId;
  readonly ended: Promise<Ending>;
}

/**
 * Starts a process as the leader of its own group, so that Ctrl-C in the terminal reaches
 * the launcher alone, which then stops everything in order.
 * @param onLines called with its output, one or more whole lines at a time
 */
export function startProcess(
  recipe: Recipe,
  log: WriteStream,
  onLines: (lines: string) => void,
): ManagedProcess {
  const { command, args, env, cwd } = recipe;
  recipe.beforeStart?.();
  const child = spawn(command, args, {
    env,
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const take = (lines: string): void => {
    log.write(lines);
    onLines(lines);
  };
  passWholeLines(child.stdout, take);
  passWholeLines(child.stderr, take);
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => {
      resolve({ code: null, description: error.message });
    });
    child.once('exit', (code, signal) => {
      // The rest of its group ends with it, or would hold the ports of the next one.
      killOrphans(child.pid ?? 0);
      const finish = () => {
        resolve({
          code,
          description: signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`,
        });
      };
      // Its last lines may still arrive, but we do not wait long: a process that left the
      // group may keep the pipes open for ever.
      child.once('close', finish);
      setTimeout(finish, 500).unref();
    });
  });
  return {
    id: child.pid === undefined ? { pid: 0, started: undefined } : identify(child.pid),
    ended,
  };
}
