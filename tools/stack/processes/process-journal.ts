import { readFileSync, rmSync } from 'node:fs';
import { replaceFile } from '../replace-file.js';
import { type ProcessId, isAlive, stopGroup } from './process-id.js';

export interface JournalEntry extends ProcessId {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

/**
 * The file of the processes that a launcher has started, so that the next launcher finds
 * what a killed one left running. Written synchronously: an entry is on disk before
 * anything else happens.
 */
export class ProcessJournal {
  private entries: readonly JournalEntry[] = [];

  constructor(private readonly file: string) {}

  add(entry: JournalEntry): void {
    this.entries = [...this.entries.filter(isAlive), entry];
    replaceFile(this.file, JSON.stringify(this.entries));
  }

  close(): void {
    rmSync(this.file, { force: true });
  }
}

/**
 * Stops the processes of a killed launcher, the last started first, as at an orderly
 * stop. A process is identified by id and start time, so another one with the same id is
 * left alone.
 * @returns the names of what was still running
 */
export async function stopLeftovers(file: string, timeoutMs = 10_000): Promise<readonly string[]> {
  const left = read(file).filter(isAlive);
  for (const entry of left.toReversed()) await stopGroup(entry, entry.stopSignal, timeoutMs);
  rmSync(file, { force: true });
  return left.map(({ name }) => name);
}

function read(file: string): readonly JournalEntry[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JournalEntry[];
  } catch {
    return [];
  }
}
