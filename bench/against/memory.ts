import { readFileSync } from 'node:fs';
import { type StackDescription } from '../../tools/stack/stack-file.js';

/** The launcher's depends on whether it has just built, so it is not among them. */
export const measuredProcesses = ['gateway', 'tickets', 'credentials'] as const;

/** Resident, in MB (of 2^20 bytes). */
export type Memory = Readonly<Record<(typeof measuredProcesses)[number], number>>;

export function residentMemory({ pids }: Pick<StackDescription, 'pids'>): Memory {
  const sum = (role: string): number =>
    (pids[role] ?? []).reduce((total, pid) => total + residentOf(pid), 0);
  return Object.fromEntries(measuredProcesses.map((role) => [role, sum(role)])) as Memory;
}

/** Of one process: see proc(5). */
export function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / 1024;
}
