import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { LauncherError } from '../launcher-error.js';
import { type ProcessId, identify, isAlive } from './process-id.js';

/**
 * Makes this process the one launcher of a folder, until the returned function is called.
 * The lock names its holder by process id and start time, so that the lock of a killed
 * launcher is recognised and taken over.
 * @throws LauncherError when another launcher works here
 */
export function takeLock(file: string): () => void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  try {
    // A link appears with its whole content or not at all, and fails if the name exists.
    while (!tryLink(draft, file)) setAsideIfStale(file, `${draft}.stale`);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    rmSync(file, { force: true });
  };
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function setAsideIfStale(file: string, aside: string): void {
  const holder = readHolder(file);
  if (holder !== undefined && isAlive(holder))
    throw new LauncherError(
      `It is running here already (process ${holder.pid}). ` +
        `Stop that one first, with Ctrl-C or kill ${holder.pid}.`,
    );
  try {
    renameSync(file, aside);
    const taken = readHolder(aside);
    // Another launcher may have been faster, and this is its lock: put it back.
    if (taken !== undefined && isAlive(taken)) renameSync(aside, file);
    rmSync(aside, { force: true });
  } catch {
    // Another launcher has just moved it away: try again.
  }
}

export function readHolder(file: string): ProcessId | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessId;
  } catch {
    return undefined;
  }
}
