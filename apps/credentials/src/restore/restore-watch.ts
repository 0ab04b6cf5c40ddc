import { maxCredentialsAsked } from '#contracts';
import { isDatabaseUnavailable, type Sql } from '#postgres';
import { Problem } from '#problem';
import { type Log } from '#telemetry';
import {
  advanceMark,
  readDatabaseDoubt,
  readSighting,
  recordDatabaseDoubt,
} from '../persistence/database-mark.js';
import { areStored, isNothingStored, storedPlaces } from '../persistence/stored-credentials.js';
import {
  continues,
  faultOf,
  type Mark,
  type RestoreFault,
  type Sighting,
} from '../domain/database-mark.js';
import { type Testifier } from './testifier.js';
import { type Witnesses } from './witnesses.js';

const unknown = (cause?: unknown): Problem =>
  new Problem('standing-unknown', 'Whether the database is the present one is not known', {
    headers: { 'retry-after': '2' },
    cause,
  });

/**
 * Notices that the database is an older copy of itself, in which what was destroyed is
 * stored again. Before anything is done under a ticket it is compared with what is known
 * of it elsewhere; whoever reveals reads its mark in the same statement as the gate; and
 * the mark moves on every second. A doubt is written down, and only an operator ends it
 * (cli/reconcile-restore.verbs.ts).
 */
export class RestoreWatch {
  /**
   * What was seen last of the database, after it was compared; undefined where it
   * has to be compared (again).
   */
  private seen: Sighting | undefined;
  /** What was ever seen last. */
  private before: Sighting | undefined;
  private doubted = false;
  private comparing: Promise<Sighting | undefined> | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly witnesses: Witnesses,
    private readonly testifier: Testifier,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  /** As far as this process has seen. */
  get isInDoubt(): boolean {
    return this.doubted;
  }

  /**
   * @throws Problem `standing-unknown` while the database is in doubt, or could not be
   *   compared with what is known elsewhere
   */
  async requireUndoubted(): Promise<void> {
    if (this.seen !== undefined) return;
    const seen = await this.compare().catch((error: unknown) => {
      throw isDatabaseUnavailable(error) ? error : unknown(error);
    });
    if (seen === undefined) throw unknown();
  }

  /**
   * Runs a statement that also reads the mark: connections may lead to another server
   * than a moment ago, as after a failover. Where there is no mark, no gate was found,
   * which permits nothing.
   * @throws Problem `standing-unknown` where the mark is not of the
   *   database that was compared
   */
  async holding<T extends { readonly mark: Sighting | undefined }>(
    read: () => Promise<T>,
  ): Promise<T> {
    // From before, since the statement may wait, and sees the mark of
    // the moment when it began.
    const { seen } = this;
    const found = await read();
    if (found.mark === undefined) return found;
    if (seen !== undefined && continues(found.mark, seen)) return found;
    this.loseSight(seen);
    throw unknown();
  }

  /** Moves the mark on, and has it kept elsewhere. To be called every second. */
  async advance(): Promise<void> {
    const seen = this.seen ?? (await this.compare());
    if (seen === undefined) return;
    const advanced = await advanceMark(this.sql, seen);
    if (advanced === undefined) {
      this.loseSight(seen);
      await this.compare();
      return;
    }
    this.before = { ...seen, life: advanced.life, beat: advanced.beat };
    // Unless it was lost from sight meanwhile.
    if (this.seen === seen) this.seen = this.before;
    await this.testifier.keep(advanced);
  }

  /**
   * @throws where the database is in doubt; not where nobody could be asked, for
   *   what must go on meanwhile
   */
  async refuseInDoubt(): Promise<void> {
    if (this.seen === undefined) await this.compare().catch(() => undefined);
    if ((await readDatabaseDoubt(this.sql)) !== null) throw new Error('the database is in doubt');
  }

  /**
   * Compares what is stored with what `tickets` has heard: a destruction whose commit
   * was lost may have been told.
   */
  async lookForReturned(): Promise<void> {
    const { seen } = this;
    if (seen === undefined || !(await this.hasReturned(seen))) return;
    this.loseSight(seen);
    await this.compare();
  }

  /** One comparison at a time. @returns undefined where the database is in doubt */
  private compare(): Promise<Sighting | undefined> {
    return (this.comparing ??= this.compareNow().finally(() => (this.comparing = undefined)));
  }

  private async compareNow(): Promise<Sighting | undefined> {
    const first = await this.look();
    if (first === undefined) return undefined;
    const recalled = await this.witnesses.recall(first.database);
    const witnesses = this.before ? [...recalled, this.before] : recalled;
    // Read after what it is compared with: other replicas move the mark on,
    // and tell of it, meanwhile.
    const found = await this.look();
    if (found === undefined) return undefined;
    const fault = await this.faultIn(found, witnesses);
    if (fault === undefined) return (this.before = this.seen = found);
    await this.raise(found, fault);
    return undefined;
  }

  /** @returns undefined where the database is in doubt, by whomever */
  private async look(): Promise<Sighting | undefined> {
    const found = await readSighting(this.sql);
    this.doubted = found.isDoubted;
    return found.isDoubted ? undefined : found;
  }

  private async faultIn(
    found: Sighting,
    witnesses: readonly Mark[],
  ): Promise<RestoreFault | undefined> {
    const fault = faultOf(found, witnesses, await isNothingStored(this.sql));
    return fault ?? ((await this.hasReturned(found)) ? 'returned' : undefined);
  }

  private async hasReturned({ database }: Sighting): Promise<boolean> {
    for await (const page of storedPlaces(this.sql, maxCredentialsAsked)) {
      const destroyed = await this.witnesses.destroyedOf(
        database,
        page.map(({ id }) => id),
      );
      const ids = new Set(destroyed.map(({ credentialId }) => credentialId));
      // Looked for again: what is destroyed at this moment was
      // stored when the page was read.
      if (
        await areStored(
          this.sql,
          page.filter(({ id }) => ids.has(id)),
        )
      )
        return true;
    }
    return false;
  }

  private async raise(found: Sighting, fault: RestoreFault): Promise<void> {
    this.seen = undefined;
    this.doubted = true;
    if (await recordDatabaseDoubt(this.sql, found, fault))
      this.log.error('database in doubt', { code: fault });
  }

  private loseSight(seen: Sighting | undefined): void {
    if (this.seen === seen) this.seen = undefined;
  }
}
