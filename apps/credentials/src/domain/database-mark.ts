/**
 * How far a database has come. `beat` counts up every second, `life` with
 * every restore that was reconciled: a database never goes back, unless an
 * older copy has taken its place.
 */
export interface Mark {
  /** Made with the schema, and the same in every copy of the database. */
  readonly database: string;
  readonly life: number;
  readonly beat: number;
}

/** Of marks of one database: what `other` says was lost with `one`. */
const isBehind = (one: Mark, other: Mark): boolean =>
  one.life < other.life || (one.life === other.life && one.beat < other.beat);

/**
 * Why a database is in doubt. `behind`: it had come further before. `another`:
 * it is another one than before, and not empty. `returned`: it holds
 * credentials that were destroyed.
 */
export type RestoreFault = 'behind' | 'another' | 'returned';

/** The mark as a statement reads it in passing. */
export interface Sighting extends Mark {
  readonly isDoubted: boolean;
  /**
   * When the server was started. Another server may be a standby that
   * lacks what was committed last.
   */
  readonly server: string;
}

/**
 * Whether it can be the database that was seen before, with
 * nothing lost that is known of.
 */
export const continues = (seen: Sighting, before: Sighting): boolean =>
  !seen.isDoubted &&
  seen.server === before.server &&
  seen.database === before.database &&
  !isBehind(seen, before);

/**
 * What is wrong with the database.
 * @param witnesses what was seen or said before, here and elsewhere
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
  // A new database under old files, as after `npm start` with a deleted one, has nothing
  // that could have come back.
  return others.length > 0 && !isEmpty ? 'another' : undefined;
}
