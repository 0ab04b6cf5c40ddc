import { type WriteStream, createWriteStream, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Opens a new log for this run; the last run's is kept beside it as `<name>.log.1`.
 */
export function openLog(folder: string, name: string): WriteStream {
  const file = join(folder, `${name}.log`);
  if (existsSync(file)) renameSync(file, `${file}.1`);
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // A log that cannot be written (disk full) must not end the launcher: what matters is
  // printed too.
  log.on('error', () => undefined);
  return log;
}
