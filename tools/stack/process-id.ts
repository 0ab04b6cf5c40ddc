import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id is used again some day; together with its start it means one process. */
export interface ProcessId {
  readonly pid: number;
  /** Opaque; undefined when the process was gone before it could be asked. */
  readonly started: string | undefined;
}

export const identify = (pid: number): ProcessId => ({ pid, started: startOf(pid) });

export const isAlive = ({ pid, started }: ProcessId): boolean => started !== undefined && startOf(pid) === started;

/** Linux: boot id and field 22 of /proc/<pid>/stat, ticks since boot; see proc(5). Elsewhere what ps says. A zombie counts as gone. */
function startOf(pid: number): string | undefined {
  try {
    if (!existsSync('/proc/self/stat'))
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command's name in brackets, which may itself hold blanks and brackets.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[18] ?? ''}`;
  } catch {
    return undefined;
  }
}

/** Signals the whole process group that `pid` leads; false when there is none any more. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/**
 * Stops a process group: asks with `signal`, and ends it with SIGKILL after `patience` milliseconds.
 * Does nothing to a process that merely has the same number by now.
 */
export async function stopGroup(id: ProcessId, signal: NodeJS.Signals, patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  if (isAlive(id)) signalGroup(id.pid, signal);
  while (isAlive(id)) {
    if (Date.now() >= deadline) signalGroup(id.pid, 'SIGKILL');
    await sleep(20);
  }
}
