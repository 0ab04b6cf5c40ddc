import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { type Sql } from '#postgres';
import { type Checkpoint, checkpointsAfter, lockCheckpoints } from '../persistence/checkpoints.js';

const batch = 1000;

/**
 * A line per checkpoint (its JWS), to be kept where the database's owner cannot write. Checkpoints that the file lacks, after a crash or
 * because another replica took them, are added.
 * @param tx holds the lock of checkpoints until it ends, since several processes of one host may share the file
 */
export async function appendMissing(tx: Sql, file: string): Promise<void> {
  await lockCheckpoints(tx);
  for (let after = lastNumber(file); ;) {
    const missing = await checkpointsAfter(tx, after, batch);
    if (missing.length === 0) return;
    appendLines(file, missing);
    after = missing.at(-1)?.number ?? after;
  }
}

function appendLines(file: string, checkpoints: readonly Checkpoint[]): void {
  const descriptor = openSync(file, 'a', 0o600);
  try {
    writeSync(descriptor, checkpoints.map(({ jws }) => `${jws}\n`).join(''));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Checkpoints are numbered from 1 without a gap, so the number of whole lines is the last number. A line that a crash tore is cut off. */
function lastNumber(file: string): number {
  if (!existsSync(file)) return 0;
  const text = readFileSync(file, 'latin1');
  const whole = text.lastIndexOf('\n') + 1;
  if (whole < text.length) truncateSync(file, whole);
  return text.slice(0, whole).split('\n').length - 1;
}
