/**
 * How far a database has come. `beat` counts up every second, `life` with every restore
 * that was reconciled. Neither ever goes back, unless an older copy has taken the place
 * of the database.
 */
export interface Mark {
  /** An id made with the schema; the same in every copy of the database. */
  readonly database: string;
  readonly life: number;
  readonly beat: number;
}

/** For two marks of one database: whether `one` is the older. */
const isBehind = (one: Mark, other: Mark): boolean =>
  one.life < other.life || (one.life === other.life && one.beat < other.beat);

/**
 * Why a database is in doubt. `behind`: a witness has a later mark of it. `another`: the
 * witnesses know another database, and this one is not empty. `returned`: it stores
 * credentials that were destroyed.
 */
export type RestoreFault = 'behind' | 'another' | 'returned';

/** The mark, as a statement reads it beside something else. */
export interface ObservedMark extends Mark {
  readonly isDoubted: boolean;
  /**
   * When the server was started. Another server may be a former standby that lacks the
   * last commits.
   */
  readonly server: string;
}

/** Whether it can be the database that was seen before, with nothing known to be lost. */
export const continues = (seen: ObservedMark, before: ObservedMark): boolean =>
  !seen.isDoubted &&
  seen.server === before.server &&
  seen.database === before.database &&
  !isBehind(seen, before);

/**
 * What is wrong with the database.
 * @param witnesses earlier marks, from this process and from outside the database
 */
export function faultOf(
  found: Mark,
  witnesses: readonly Mark[],
  isEmpty: boolean,
): 'behind' | 'another' | undefined {
  const [own, others] = [
    witnesses.filter(({ database }) => database === found.database),
    witnesses.filter((one) => one.database !== found.database),
  ];
  if (own.some((witness) => isBehind(found, witness))) return 'behind';
  // An empty database under old files, as after `npm start` without the old one, stores
  // nothing that could have returned.
  return others.length > 0 && !isEmpty ? 'another' : undefined;
}
