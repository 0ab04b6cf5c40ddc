interface Numbered {
  readonly seq: number;
}

/** What is known of an access log, newest first, and where older entries begin. */
export interface LogPages<T extends Numbered> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export const noLog: LogPages<never> = { items: [], nextCursor: null };

/** What is older stays. A gap between is impossible to see, so where there may be one the list begins anew. */
export function withNewest<T extends Numbered>(known: LogPages<T>, newest: LogPages<T>): LogPages<T> {
  const joined = newest.items.some(({ seq }) => seq === known.items[0]?.seq);
  return joined ? { items: merged(known, newest), nextCursor: known.nextCursor } : newest;
}

export const withOlder = <T extends Numbered>(known: LogPages<T>, older: LogPages<T>): LogPages<T> => ({
  items: merged(known, older),
  nextCursor: older.nextCursor,
});

/** Each entry once; the later word counts. */
function merged<T extends Numbered>(known: LogPages<T>, fetched: LogPages<T>): readonly T[] {
  const bySeq = new Map([...known.items, ...fetched.items].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((one, other) => other.seq - one.seq);
}
