import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHolder } from './processes/launcher-lock.js';
import { isAlive } from './processes/process-id.js';
import { stopLeftovers } from './processes/process-journal.js';

const prefix = 'private-credentials-test-';

/**
 * Creates a folder for the servers of a test run. PostgreSQL may have to enter it as
 * another user.
 */
export function makeTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Stops the processes that stacks in this folder, or below it, have left, and deletes it.
 */
export async function removeTestFolder(folder: string): Promise<void> {
  const journals = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)journal\.json$/.test(path),
  );
  await Promise.all(journals.map((path) => stopLeftovers(join(folder, path))));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Removes the folders of killed test runs. */
export async function removeForgottenTestFolders(): Promise<void> {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(tmpdir(), name)))
    if (isForgotten(folder)) await removeTestFolder(folder);
}

/** Only folders of our user: their content names processes to stop. */
function isForgotten(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) return false;
  const holder = readHolder(join(folder, 'launcher.lock'));
  return holder !== undefined && !isAlive(holder);
}
