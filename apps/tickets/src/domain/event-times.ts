import { type HelpdeskOrder, sortableTime } from '#contracts';
import { isByTime, positionOf } from './position.js';
import { RefusedEventError } from './refused-event.js';

/** The times by which homes without versions order their events. */
export class EventTimes {
  /** @param tolerance seconds that a home's clock may be ahead of our database's */
  constructor(private readonly tolerance: number) {}

  static isOrderOf = (event: HelpdeskOrder): boolean => isByTime(positionOf(event));

  /**
   * Refuses an event of the future: it would overrule everything that its home
   * says until then, an end too.
   * @param now by the database's clock
   * @throws RefusedEventError
   */
  requireNotAhead(event: Pick<HelpdeskOrder, 'time'>, now: Date): void {
    if (!this.isAhead(event, now)) return;
    throw new RefusedEventError(
      `time is more than ${this.tolerance} s ahead of the clock of our database; ` +
        'set the clock of its home right, and replay this when that time has come, ' +
        'or discard it and publish the change again',
    );
  }

  /**
   * Whether it is of the future, by more than a clock may be ahead.
   * @param now by the database's clock
   */
  isAhead({ time = '' }: Pick<HelpdeskOrder, 'time'>, now: Date): boolean {
    return (
      time > (sortableTime(new Date(now.getTime() + this.tolerance * 1000).toISOString()) ?? '')
    );
  }
}
