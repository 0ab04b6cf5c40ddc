import { type HelpdeskEvent, sortableTime } from '#contracts';
import { isByTime, positionOf } from './position.js';
import { RefusedEventError } from './refused-event.js';

/** The times by which homes without versions order their events. */
export class EventTimes {
  /** @param tolerance seconds that a home's clock may be ahead of our database's */
  constructor(private readonly tolerance: number) {}

  static isOrderOf = (event: HelpdeskEvent): boolean => isByTime(positionOf(event));

  /**
   * Refuses an event of the future: it would overrule everything that its home says until then, an end too.
   * @param now by the database's clock
   * @throws RefusedEventError
   */
  demandNotAhead({ time = '' }: Pick<HelpdeskEvent, 'time'>, now: Date): void {
    const latest = sortableTime(new Date(now.getTime() + this.tolerance * 1000).toISOString()) ?? '';
    if (time <= latest) return;
    throw new RefusedEventError(
      `time is more than ${this.tolerance} s ahead of the clock of our database; set the clock of its home right, and replay this when that time has come, or discard it and publish the change again`,
    );
  }
}
