import { renameSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that only we may read, in one step: a reader sees the old content or
 * the new, never half of it.
 */
export function replaceFile(file: string, content: string): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
