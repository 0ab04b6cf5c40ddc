interface Numbered {
  readonly seq: number;
}

/** Two stretches of the log as one, newest first, each entry once. */
export function mergeLog<T extends Numbered>(known: readonly T[], fetched: readonly T[]): readonly T[] {
  const bySeq = new Map([...known, ...fetched].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}
