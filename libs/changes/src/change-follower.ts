import { type Standing } from '#contracts';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type ChangeSource } from './change-source.js';

/** What a service does about changes. */
export interface ChangeHandler {
  /**
   * Handles tickets that have changed, each with its newest standing. Those whose change
   * was known already, for example by an event, must be left as they are.
   * @returns how many were not known, and those that failed and are to be handed over
   *   again
   */
  handle(changes: readonly Standing[], stopping: AbortSignal): Promise<HandledChanges>;
  /** Checks all tickets, since any may have changed. Changes are handled meanwhile. */
  checkAll(stopping: AbortSignal): Promise<unknown>;
}

export interface HandledChanges {
  readonly followed: number;
  readonly failed: readonly Standing[];
}

/**
 * Follows the changes of tickets by a cursor, turn by turn. A change is handed over one
 * turn after it was received, so that its event arrives first, unless it is lost.
 *
 * The cursor is kept in memory only. A request that failed is repeated with the same
 * cursor; the answer says whether that can be continued.
 */
export class ChangeFollower {
  private cursor: string | undefined;
  private due = new Map<string, Standing>();
  private answeredAt: Moment | undefined;
  private hasGap = false;

  constructor(
    private readonly source: ChangeSource,
    private readonly handler: ChangeHandler,
    private readonly followed: (count: number) => void,
  ) {}

  /**
   * How many seconds ago the last successful turn began; undefined before the first
   * one.
   */
  get ageSeconds(): number | undefined {
    return this.answeredAt && elapsedSince(this.answeredAt) / 1_000;
  }

  /**
   * Rejects if the changes cannot be fetched or handled; then the next turn does all of
   * it.
   */
  async turn(stopping: AbortSignal): Promise<void> {
    const askedAt = thisMoment();
    await this.handleDue(stopping);
    while ((await this.ask()) && !stopping.aborted);
    this.answeredAt = askedAt;
  }

  /**
   * Checks all tickets if a turn has found a gap since the last successful check; beside
   * the turns, since it may take long.
   */
  async closeGap(stopping: AbortSignal): Promise<void> {
    if (!this.hasGap) return;
    this.hasGap = false;
    try {
      await this.handler.checkAll(stopping);
    } catch (error) {
      this.hasGap = true;
      throw error;
    }
  }

  private async handleDue(stopping: AbortSignal): Promise<void> {
    if (this.due.size === 0) return;
    const { followed, failed } = await this.handler.handle([...this.due.values()], stopping);
    this.due = new Map(failed.map((standing) => [standing.ticketId, standing]));
    this.followed(followed);
  }

  /** @returns whether there are more changes to fetch at once */
  private async ask(): Promise<boolean> {
    const { items, cursor, gap, more } = await this.source.changes(this.cursor);
    if (gap) this.hasGap = true;
    for (const standing of items) this.due.set(standing.ticketId, standing);
    this.cursor = cursor;
    return more;
  }
}
