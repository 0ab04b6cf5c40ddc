import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id is reused some day; with the start time it identifies one process. */
export interface ProcessId {
  readonly pid: number;
  /** Opaque; undefined when the process was gone before it could be asked. */
  readonly started: string | undefined;
}

export const identify = (pid: number): ProcessId => ({ pid, started: startOf(pid) });

export const isAlive = ({ pid, started }: ProcessId): boolean =>
  started !== undefined && startOf(pid) === started;

/**
 * Linux: boot id and field 22 of /proc/<pid>/stat, ticks since boot; see proc(5).
 * Elsewhere as ps prints it. A zombie counts as gone.
 */
function startOf(pid: number): string | undefined {
  try {
    if (!existsSync('/proc/self/stat'))
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() ||
        undefined
      );
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command's name in brackets, which may itself
    // hold blanks and brackets.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[18] ?? ''}`;
  } catch {
    return undefined;
  }
}

/** Signals this process, and no other that has the same id by now. */
export function signal(id: ProcessId, name: NodeJS.Signals): void {
  if (isAlive(id)) trySignal(id.pid, name);
}

/**
 * Stops a process that leads its own group: asks it with `name`, and after `timeoutMs`
 * milliseconds ends the whole group with SIGKILL. Only the leader is asked, since it has
 * its own order in which to end its children.
 */
export async function stopGroup(
  id: ProcessId,
  name: NodeJS.Signals,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  signal(id, name);
  while (isAlive(id)) {
    if (Date.now() >= deadline) killGroup(id);
    await sleep(20);
  }
}

/** SIGKILL to the group that a living process leads. */
export function killGroup(id: ProcessId): void {
  if (isAlive(id)) trySignal(-id.pid, 'SIGKILL');
}

/**
 * SIGKILL to the rest of a group whose leader has just ended: the group's id cannot have
 * been reused yet.
 */
export function killOrphans(pid: number): void {
  if (pid > 0) trySignal(-pid, 'SIGKILL');
}

const reapedWithinMs = 5_000;

/**
 * {@link killOrphans}, and waits until none of them is left. A dead one is left until its
 * new parent has reaped it, which some parents never do; it does nothing any more.
 */
export async function endOrphans(pid: number): Promise<void> {
  if (pid <= 0) return;
  const deadline = performance.now() + reapedWithinMs;
  while (trySignal(-pid, 'SIGKILL') && performance.now() < deadline) await sleep(20);
}

/** @returns whether it, or a process of the group, was there */
function trySignal(target: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(target, name);
  } catch {
    // Gone already.
    return false;
  }
}
