import { maxCredentialsAsked } from '#contracts';
import { type DatabaseDoubt, readDatabaseDoubt, readMark } from '../persistence/database-mark.js';
import { storedPlaces, type StoredPlace } from '../persistence/stored-credentials.js';
import { faultOf, type Mark, type RestoreFault } from '../domain/database-mark.js';
import { type Testimony } from '../restore/witnesses.js';
import { type ServiceParts } from './beside-service.js';

/** What is known of a database that may have been restored, and of what it holds. */
export interface Restored {
  readonly mark: Mark;
  readonly doubt: DatabaseDoubt | null;
  /**
   * What this command would doubt, which a service that was stopped could not write down.
   */
  readonly fault: RestoreFault | undefined;
  /** What the file of this host, and `tickets`, say of it. */
  readonly testimonies: readonly Testimony[];
  /** What they name as destroyed, with events that were not published yet. */
  readonly owed: ReadonlySet<string>;
  /** Undefined where `tickets` cannot be asked. */
  readonly knownToTickets: ReadonlySet<string> | undefined;
  readonly stored: readonly StoredPlace[];
  /** What the ring has no key for any more. */
  readonly unopenable: readonly StoredPlace[];
}

/** Changes nothing. */
export async function inspectRestored({
  database: sql,
  witnesses,
  lostKeys,
}: ServiceParts): Promise<Restored> {
  const onFile = await witnesses.onFile();
  const recalled = await witnesses.recall((await readMark(sql)).database).catch(() => undefined);
  // After what it is compared with: a running service moves the mark on meanwhile.
  const mark = await readMark(sql);
  const testimonies = recalled ?? (onFile ? [onFile] : []);
  const stored: StoredPlace[] = [];
  const destroyed = new Set<string>();
  for await (const page of storedPlaces(sql, maxCredentialsAsked)) {
    stored.push(...page);
    if (recalled === undefined) continue;
    const ids = page.map(({ id }) => id);
    for (const { credentialId } of await witnesses.destroyedOf(mark.database, ids))
      destroyed.add(credentialId);
  }
  return {
    mark,
    doubt: await readDatabaseDoubt(sql),
    fault:
      faultOf(mark, testimonies, stored.length === 0) ??
      (destroyed.size > 0 ? 'returned' : undefined),
    testimonies,
    owed: new Set(testimonies.flatMap(({ owed }) => owed ?? [])),
    knownToTickets: recalled && destroyed,
    stored,
    unopenable: await lostKeys.places(),
  };
}

/** The testimony that reaches furthest, of any database. */
export const lastOf = ({ testimonies }: Pick<Restored, 'testimonies'>): Testimony | undefined =>
  [...testimonies].sort((one, other) => one.life - other.life || one.beat - other.beat).at(-1);

/**
 * Whether all destructions before the restore are known, except those of the last
 * moments: `tickets` can be asked, and the last mark names each destruction whose event
 * had not been published.
 */
export const isAllKnown = (restored: Restored): boolean =>
  restored.knownToTickets !== undefined && Array.isArray(lastOf(restored)?.owed);
