import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Sql } from '#postgres';
import { appendDurably } from '#private-files';
import { checkpointsAfter, lockCheckpoints } from '../persistence/checkpoints.js';
import { type CheckpointStatement } from './checkpoint.js';

const batch = 1000;
/** Bytes at the end of the file that are read: a line has a few hundred. */
const tail = 65_536;

/**
 * A line per checkpoint (its JWS), to be kept where the database's owner cannot write.
 * Checkpoints that the file lacks, after a crash or because another replica took them,
 * are added. Costs the same however long the file is, and other work goes on meanwhile.
 * @param tx holds the lock of checkpoints until it ends, since several processes of
 *   one host may share the file
 * @throws Error when the file holds something else
 */
export async function appendMissing(tx: Sql, file: string): Promise<void> {
  await lockCheckpoints(tx);
  for (let after = existsSync(file) ? await lastNumber(file) : 0; ;) {
    const missing = await checkpointsAfter(tx, after, batch);
    if (missing.length === 0) return;
    await appendDurably(file, missing.map(({ jws }) => `${jws}\n`).join(''));
    after = missing.at(-1)?.number ?? after;
  }
}

/**
 * The number of the last checkpoint in the file, 0 if there is none. A line
 * that a crash tore is cut off.
 */
async function lastNumber(file: string): Promise<number> {
  const handle = await open(file, 'r+');
  try {
    const { number, end, size } = await readEnd(handle);
    if (end < size) await handle.truncate(end);
    return number;
  } finally {
    await handle.close();
  }
}

/**
 * Like the number that the service goes on from; changes nothing.
 * @throws Error when the file holds something else
 */
export async function lastKept(file: string): Promise<number> {
  const handle = await open(file, 'r');
  try {
    return (await readEnd(handle)).number;
  } finally {
    await handle.close();
  }
}

/** What the last whole line states, where that ends, and where the file does. */
async function readEnd(
  handle: FileHandle,
): Promise<{ readonly number: number; readonly end: number; readonly size: number }> {
  const { size } = await handle.stat();
  const start = Math.max(0, size - tail);
  const { buffer, bytesRead } = await handle.read(
    Buffer.alloc(size - start),
    0,
    size - start,
    start,
  );
  const text = buffer.toString('latin1', 0, bytesRead);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const end = start + whole.length;
  return { number: end === 0 ? 0 : numberOf(whole.trimEnd().split('\n').at(-1) ?? ''), end, size };
}

/** Of a JWS, whose second part is what it states (RFC 7515, section 7.1). */
function numberOf(jws: string): number {
  try {
    const { number } = JSON.parse(
      Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString(),
    ) as CheckpointStatement;
    if (Number.isInteger(number)) return number;
  } catch {
    // Said below: what it holds instead may be anything.
  }
  throw new Error('AUDIT_CHECKPOINT_FILE: its last line is no checkpoint');
}
