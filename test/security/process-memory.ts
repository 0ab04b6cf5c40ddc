import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../support/wait-for.js';

const step = 1 << 24;

/**
 * How often each of these stands in the memory of a process that it can write to: its
 * heaps, its stacks, and what they left behind.
 */
export function countInMemory<Name extends string>(
  pid: number,
  needles: Readonly<Record<Name, Buffer>>,
): Record<Name, number> {
  const counts = Object.fromEntries(Object.keys(needles).map((name) => [name, 0])) as Record<
    Name,
    number
  >;
  const overlap = Math.max(...Object.values<Buffer>(needles).map(({ length }) => length)) - 1;
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.alloc(step + overlap);
  for (const { from, to } of writableRegions(pid))
    for (let at = from; at < to; at += step) {
      const length = read(memory, buffer, Math.min(step + overlap, to - at), at);
      for (const name of Object.keys(needles) as Name[])
        counts[name] += count(buffer.subarray(0, length), needles[name], Math.min(step, to - at));
    }
  closeSync(memory);
  return counts;
}

function writableRegions(pid: number): { from: number; to: number }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    return from === '' ? [] : [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }];
  });
}

/**
 * A region may have gone since it was listed, or belong to the kernel (EIO); any other
 * that cannot be read may hold anything.
 */
function read(memory: number, buffer: Buffer, length: number, at: number): number {
  try {
    return readSync(memory, buffer, 0, length, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EIO') return 0;
    throw error;
  }
}

/** Those that begin before `end`; the others are the next chunk's. */
function count(chunk: Buffer, needle: Buffer, end: number): number {
  let found = 0;
  for (let at = chunk.indexOf(needle); at >= 0 && at < end; at = chunk.indexOf(needle, at + 1))
    found += 1;
  return found;
}

/**
 * For the processes that are to be looked into: SIGUSR2 has them collect all garbage,
 * and write down what is left.
 */
export const snapshotOptions = (folder: string): string =>
  `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${folder}`;

/**
 * @returns the snapshot of what lives on the heap of a process, after a
 *   collection of all garbage
 */
export async function takeSnapshot(pid: number, folder: string): Promise<Buffer> {
  const before = new Set(readdirSync(folder));
  process.kill(pid, 'SIGUSR2');
  const name = await waitFor(
    () => readdirSync(folder).find((file) => file.endsWith('.heapsnapshot') && !before.has(file)),
    60_000,
  );
  const file = join(folder, name);
  // It ends with the list of all strings.
  return waitFor(() => statSync(file).size > 0 && isWhole(readFileSync(file)), 120_000);
}

const isWhole = (snapshot: Buffer): Buffer | false =>
  /\]\s*\}\s*$/.test(snapshot.subarray(-16).toString('latin1')) && snapshot;
