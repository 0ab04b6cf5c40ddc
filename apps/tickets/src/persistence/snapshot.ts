/**
 * Which transactions a statement has seen: those before `end` but for the running ones.
 * As PostgreSQL prints a `pg_snapshot`, it is a cursor that loses nothing: what commits
 * later, in whatever order, was not seen.
 */
export interface Snapshot {
  readonly end: bigint;
  /** Ascending, all before `end`. */
  readonly running: readonly bigint[];
}

const printed = /^(\d{1,20}):(\d{1,20}):((?:\d{1,20}(?:,\d{1,20})*)?)$/;

/** @returns undefined for what PostgreSQL would not take for one */
export function parseSnapshot(text: string): Snapshot | undefined {
  const [, begin, end, running] = printed.exec(text) ?? [];
  if (begin === undefined || end === undefined || running === undefined) return undefined;
  const snapshot = {
    end: BigInt(end),
    running: running === '' ? [] : running.split(',').map(BigInt),
  };
  const bounds = [BigInt(begin), ...snapshot.running, snapshot.end];
  const ascends = bounds.every((bound, at) => at === 0 || (bounds[at - 1] ?? 0n) <= bound);
  return ascends &&
    BigInt(begin) > 0n &&
    snapshot.end <= latest &&
    snapshot.running.at(-1) !== snapshot.end
    ? snapshot
    : undefined;
}

/** The largest number of a transaction: PostgreSQL counts them in 64 bits. */
const latest = 2n ** 64n - 1n;

/** `xmin:xmax:xip,…` */
export const printSnapshot = ({ end, running }: Snapshot): string =>
  `${running[0] ?? end}:${end}:${running.join(',')}`;

/** The part of a snapshot that was answered, if it was up to this transaction. */
export const upTo = ({ running }: Snapshot, transaction: bigint): Snapshot => ({
  end: transaction + 1n,
  running: running.filter((one) => one <= transaction),
});
