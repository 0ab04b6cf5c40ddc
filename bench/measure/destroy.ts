import { type Target } from '../target.js';
import { type EventWatch } from './event-watch.js';
import { type RowWatch } from './row-watch.js';

/** Milliseconds from the moment the request was sent. */
export interface Destruction {
  readonly answered: number;
  /**
   * When the event reached another consumer than the one that destroys; undefined where
   * there is none (the baseline).
   */
  readonly delivered: number | undefined;
  readonly gone: number;
}

/** Resolves the ticket, and waits until its rows are gone. */
export async function destroy(
  target: Target,
  ticketId: string,
  rows: RowWatch,
  events: EventWatch,
): Promise<Destruction> {
  const start = performance.now();
  await target.resolve(ticketId);
  const answered = performance.now() - start;
  await rows.gone(ticketId);
  const gone = performance.now() - start;
  const deliveredAt = events.at(ticketId);
  return { answered, delivered: deliveredAt === undefined ? undefined : deliveredAt - start, gone };
}
