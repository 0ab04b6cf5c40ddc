import { maxCredentialsAsked } from '#contracts';
import { isDatabaseUnavailable, type Sql } from '#postgres';
import { Problem } from '#problem';
import { type Log } from '#telemetry';
import {
  advanceMark,
  readDatabaseDoubt,
  readMark,
  recordDatabaseDoubt,
} from '../persistence/database-mark.js';
import { areStored, isNothingStored, storedPlaces } from '../persistence/stored-credentials.js';
import {
  continues,
  faultOf,
  type Mark,
  type ObservedMark,
  type RestoreFault,
} from '../domain/database-mark.js';
import { type MarkKeeper } from './mark-keeper.js';
import { type Witnesses } from './witnesses.js';

const unknown = (cause?: unknown): Problem =>
  new Problem('standing-unknown', 'Whether the database is the present one is not known', {
    headers: { 'retry-after': '2' },
    cause,
  });

/**
 * Notices when the database was replaced by an older copy of itself, in which destroyed
 * credentials are stored again. The database has a mark that advances every second. It is
 * compared with the witnesses outside the database before anything is done under a
 * ticket; every reveal reads it in the same statement as the gate. A doubt is recorded in
 * the database, and only an operator ends it (cli/reconcile-restore.verbs.ts).
 */
export class RestoreWatch {
  /** The mark that was read last and compared; undefined until it is compared (again). */
  private seen: ObservedMark | undefined;
  /** As `seen`, but kept while a new comparison is needed: it is a witness too. */
  private lastSeen: ObservedMark | undefined;
  private doubted = false;
  private comparing: Promise<ObservedMark | undefined> | undefined;

  constructor(
    private readonly sql: Sql,
    private readonly witnesses: Witnesses,
    private readonly keeper: MarkKeeper,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  /** As far as this process knows. */
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
   * Runs a statement that also reads the mark, and checks it: after a failover a
   * connection may lead to another server than before. A result without a mark has no
   * gate either, so it permits nothing.
   * @throws Problem `standing-unknown` where the mark does not belong to the database
   *   that was compared
   */
  async readChecked<T extends { readonly mark: ObservedMark | undefined }>(
    read: () => Promise<T>,
  ): Promise<T> {
    // Remembered before the statement: it may wait, and then returns the mark of the
    // moment when it began.
    const { seen } = this;
    const found = await read();
    if (found.mark === undefined) return found;
    if (seen !== undefined && continues(found.mark, seen)) return found;
    this.requireNewComparison(seen);
    throw unknown();
  }

  /** Advances the mark, and keeps a copy elsewhere. To be called every second. */
  async advance(): Promise<void> {
    const seen = this.seen ?? (await this.compare());
    if (seen === undefined) return;
    const advanced = await advanceMark(this.sql, seen);
    if (advanced === undefined) {
      this.requireNewComparison(seen);
      await this.compare();
      return;
    }
    this.lastSeen = { ...seen, life: advanced.life, beat: advanced.beat };
    // Unless another call has required a new comparison meanwhile.
    if (this.seen === seen) this.seen = this.lastSeen;
    await this.keeper.keep(advanced);
  }

  /**
   * For work that must go on while no witness can be reached.
   * @throws where the database is in doubt
   */
  async refuseInDoubt(): Promise<void> {
    if (this.seen === undefined) await this.compare().catch(() => undefined);
    if ((await readDatabaseDoubt(this.sql)) !== null) throw new Error('the database is in doubt');
  }

  /**
   * Looks for stored credentials that `tickets` knows as destroyed: the event of a
   * destruction may have been published, and its commit lost with the old server.
   */
  async checkForReturned(): Promise<void> {
    const { seen } = this;
    if (seen === undefined || !(await this.hasReturned(seen))) return;
    this.requireNewComparison(seen);
    await this.compare();
  }

  /** Runs one comparison at a time. @returns undefined where the database is in doubt */
  private compare(): Promise<ObservedMark | undefined> {
    return (this.comparing ??= this.compareNow().finally(() => (this.comparing = undefined)));
  }

  private async compareNow(): Promise<ObservedMark | undefined> {
    const first = await this.readUndoubtedMark();
    if (first === undefined) return undefined;
    const recalled = await this.witnesses.recall(first.database);
    const witnesses = this.lastSeen ? [...recalled, this.lastSeen] : recalled;
    // Read after the witnesses: other replicas advance the mark, and send it to them,
    // meanwhile.
    const found = await this.readUndoubtedMark();
    if (found === undefined) return undefined;
    const fault = await this.faultIn(found, witnesses);
    if (fault === undefined) return (this.lastSeen = this.seen = found);
    await this.raise(found, fault);
    return undefined;
  }

  /** @returns undefined where the database is in doubt, whichever process noticed */
  private async readUndoubtedMark(): Promise<ObservedMark | undefined> {
    const found = await readMark(this.sql);
    this.doubted = found.isDoubted;
    return found.isDoubted ? undefined : found;
  }

  private async faultIn(
    found: ObservedMark,
    witnesses: readonly Mark[],
  ): Promise<RestoreFault | undefined> {
    const fault = faultOf(found, witnesses, await isNothingStored(this.sql));
    return fault ?? ((await this.hasReturned(found)) ? 'returned' : undefined);
  }

  private async hasReturned({ database }: ObservedMark): Promise<boolean> {
    for await (const page of storedPlaces(this.sql, maxCredentialsAsked)) {
      const destroyed = await this.witnesses.destroyedOf(
        database,
        page.map(({ id }) => id),
      );
      const ids = new Set(destroyed.map(({ credentialId }) => credentialId));
      // Read again: what is being destroyed at this moment was stored when the page was
      // read.
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

  private async raise(found: ObservedMark, fault: RestoreFault): Promise<void> {
    this.seen = undefined;
    this.doubted = true;
    if (await recordDatabaseDoubt(this.sql, found, fault))
      this.log.error('database in doubt', { code: fault });
  }

  private requireNewComparison(seen: ObservedMark | undefined): void {
    if (this.seen === seen) this.seen = undefined;
  }
}
