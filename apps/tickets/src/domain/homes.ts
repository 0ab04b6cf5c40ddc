import { type HelpdeskOrigin, type StatusWords } from '#contracts';
import { RefusedEventError } from './refused-event.js';

/** Another service that owns the status of its own tickets. */
export interface Home {
  /** CloudEvents `source` of its events. */
  readonly source: string;
  /** Every id of its tickets begins with it, and no other id does. */
  readonly prefix: string;
  /** The broker user that it must publish as; undefined if the source is not verified. */
  readonly user: string | undefined;
  /** The words by which it tells a status. */
  readonly statuses: StatusWords;
}

/** The homes whose events are accepted. */
export class Homes {
  private readonly bySource: ReadonlyMap<string, Home>;

  constructor(homes: readonly Home[]) {
    this.bySource = new Map(homes.map((home) => [home.source, home]));
  }

  /**
   * Checks that this event may be about this ticket.
   * @returns its home
   * @param userId the publisher's user, verified by the broker; undefined if
   *   the publisher named none
   * @throws RefusedEventError
   */
  requireTrustedSource(
    { source, ticketId }: Pick<HelpdeskOrigin, 'source' | 'ticketId'>,
    userId: string | undefined,
  ): Home {
    const home = this.bySource.get(source);
    if (home === undefined)
      throw new RefusedEventError('the source is no home that is mirrored here');
    if (home.user !== undefined && home.user !== userId)
      throw new RefusedEventError("user_id is not the broker user of the source's home");
    if (!ticketId.startsWith(home.prefix))
      throw new RefusedEventError("data.ticketId does not begin with the home's prefix");
    return home;
  }
}
