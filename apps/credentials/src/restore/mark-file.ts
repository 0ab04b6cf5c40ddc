import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';

/** @returns the statement; null where there is no file yet */
export const readMarkFile = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);

/** Atomic and durable. Replicas of one host share the file, and each writes what it saw last. */
export async function writeMarkFile(file: string, statement: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${statement}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
