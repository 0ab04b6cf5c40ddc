import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type ProcessId, identify, isAlive, stopGroup } from './process-id.js';

interface Entry extends ProcessId {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

interface Content {
  readonly launcher: ProcessId;
  readonly processes: readonly Entry[];
}

/**
 * The file that remembers what a launcher started, so that the next one finds what was left running when this one was killed.
 * Written synchronously: an entry is on disk before anything else happens.
 */
export class ProcessJournal {
  private readonly launcher = identify(process.pid);
  private processes: readonly Entry[] = [];

  constructor(private readonly file: string) {
    this.write();
  }

  add(entry: Entry): void {
    this.processes = [...this.processes.filter(isAlive), entry];
    this.write();
  }

  close(): void {
    rmSync(this.file, { force: true });
  }

  private write(): void {
    const draft = `${this.file}.new`;
    writeFileSync(draft, JSON.stringify({ launcher: this.launcher, processes: this.processes } satisfies Content), { mode: 0o600 });
    renameSync(draft, this.file);
  }
}

/** The launcher that keeps this journal and still runs; undefined when there is none. */
export function findLauncher(file: string): ProcessId | undefined {
  const launcher = read(file)?.launcher;
  return launcher !== undefined && isAlive(launcher) ? launcher : undefined;
}

/** Stops what a killed launcher left behind. @returns the names of what was still running */
export async function stopLeftovers(file: string, patience = 8000): Promise<readonly string[]> {
  const left = (read(file)?.processes ?? []).filter(isAlive);
  await Promise.all(left.map((entry) => stopGroup(entry, entry.stopSignal, patience)));
  return left.map(({ name }) => name);
}

function read(file: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Content;
  } catch {
    return undefined;
  }
}
