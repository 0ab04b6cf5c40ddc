import { type Standing } from '#contracts';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type ChangeSource } from './change-source.js';

/** What a service does about changes. */
export interface ChangeHandler {
  /**
   * Tickets that have changed, each as it was told last. What was known already, as by an
   * event, is to change nothing.
   * @returns how many were not known, and those that failed and
   *   are to be handed over again
   */
  heed(changes: readonly Standing[], stopping: AbortSignal): Promise<Heeded>;
  /**
   * Others may have changed too: everything is to be looked at.
   * Changes are heeded meanwhile.
   */
  lookAtAll(stopping: AbortSignal): Promise<unknown>;
}

export interface Heeded {
  readonly followed: number;
  readonly failed: readonly Standing[];
}

/**
 * Follows the changes of tickets by a cursor, turn by turn. What has changed is handed
 * over a turn after it was told, so that its event comes first where events come.
 *
 * The cursor is kept in memory alone. A question that failed is asked again by the same
 * one: whoever answers knows whether it can be continued.
 */
export class ChangeFollower {
  private cursor: string | undefined;
  private due = new Map<string, Standing>();
  private heardAt: Moment | undefined;
  private hasGap = false;

  constructor(
    private readonly source: ChangeSource,
    private readonly handler: ChangeHandler,
    private readonly followed: (count: number) => void,
  ) {}

  /**
   * How long ago it was known what had changed, in seconds; undefined before the
   * first turn that ended well.
   */
  get ageSeconds(): number | undefined {
    return this.heardAt && elapsedSince(this.heardAt) / 1_000;
  }

  /**
   * Rejects where it cannot be known what has changed, or nothing can be done about it;
   * the next turn does all of it.
   */
  async turn(stopping: AbortSignal): Promise<void> {
    const askedAt = thisMoment();
    await this.heedDue(stopping);
    while ((await this.ask()) && !stopping.aborted);
    this.heardAt = askedAt;
  }

  /**
   * Looks at everything if a turn has found a gap since the last look that ended well;
   * beside the turns, since it may take long.
   */
  async closeGap(stopping: AbortSignal): Promise<void> {
    if (!this.hasGap) return;
    this.hasGap = false;
    try {
      await this.handler.lookAtAll(stopping);
    } catch (error) {
      this.hasGap = true;
      throw error;
    }
  }

  private async heedDue(stopping: AbortSignal): Promise<void> {
    if (this.due.size === 0) return;
    const { followed, failed } = await this.handler.heed([...this.due.values()], stopping);
    this.due = new Map(failed.map((standing) => [standing.ticketId, standing]));
    this.followed(followed);
  }

  /** @returns whether there is more to hear at once */
  private async ask(): Promise<boolean> {
    const { items, cursor, gap, more } = await this.source.changes(this.cursor);
    if (gap) this.hasGap = true;
    for (const standing of items) this.due.set(standing.ticketId, standing);
    this.cursor = cursor;
    return more;
  }
}
