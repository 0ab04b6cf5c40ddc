import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';

/** @returns the statement; null where there is no file yet */
export const readMarkFile = (file: string): string | null =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : null;

/**
 * Atomic and durable. Replicas that share the folder each write what they saw last.
 * Drafts are named by chance: in containers, each of them may be process 1.
 */
export async function writeMarkFile(file: string, statement: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${statement}\n`);
    await handle.datasync();
    await rename(draft, file);
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}
