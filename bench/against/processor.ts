import { readFileSync, readdirSync } from 'node:fs';

/** What a process of a stack does, named as in stack.json; any other is the launcher. */
export const roles = [
  'postgres',
  'credentials',
  'tickets',
  'gateway',
  'rabbitmq',
  'launcher',
] as const;
export type Role = (typeof roles)[number];

/** Milliseconds. */
export type ProcessorTime = Readonly<Record<Role, number>>;

export interface Processes {
  readonly launcher: number;
  readonly pids: Readonly<Record<string, readonly number[]>>;
  /** Those that belong to whoever measures. */
  readonly except: readonly number[];
}

/** USER_HZ, in which Linux tells processor time whatever the kernel's own clock is. */
const millisecondsPerTick = 10;

interface Stat {
  readonly parent: number;
  readonly milliseconds: number;
}

/**
 * Processor time that a stack has used so far, by role. Each process that descends from
 * the launcher counts for its nearest named ancestor: connections of PostgreSQL are its
 * children. A process that has ended counts for the parent that waited for it.
 */
export function processorTime({ launcher, pids, except }: Processes): ProcessorTime {
  const children = new Map<number, number[]>();
  const stats = new Map(readAll());
  for (const [pid, { parent }] of stats)
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  const named = new Map(
    roles.flatMap((role) => (pids[role] ?? []).map((pid) => [pid, role] as const)),
  );
  const sums = Object.fromEntries(roles.map((role) => [role, 0])) as Record<Role, number>;
  const add = (pid: number, inherited: Role): void => {
    const role = named.get(pid) ?? inherited;
    if (!except.includes(pid)) sums[role] += stats.get(pid)?.milliseconds ?? 0;
    for (const child of children.get(pid) ?? []) add(child, role);
  };
  add(launcher, 'launcher');
  return sums;
}

export const timeSince = (before: ProcessorTime, now: ProcessorTime): ProcessorTime =>
  Object.fromEntries(roles.map((role) => [role, now[role] - before[role]])) as ProcessorTime;

export const perOperation = (time: ProcessorTime, count: number): ProcessorTime =>
  Object.fromEntries(roles.map((role) => [role, time[role] / count])) as ProcessorTime;

export const sumOf = (time: ProcessorTime): number =>
  roles.reduce((sum, role) => sum + time[role], 0);

function readAll(): (readonly [number, Stat])[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = readStat(pid);
      return stat === undefined ? [] : [[Number(pid), stat] as const];
    });
}

/** See proc(5). The command's name, before these fields, may hold blanks and brackets. */
function readStat(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    // utime, stime, and the same of children that have ended.
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { parent, milliseconds: ticks * millisecondsPerTick };
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}
