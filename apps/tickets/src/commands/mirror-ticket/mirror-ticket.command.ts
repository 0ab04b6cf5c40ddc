import { type HelpdeskEvent } from '#contracts';

export interface MirrorTicket {
  readonly event: HelpdeskEvent;
  /** The publisher's user as the broker verified it; undefined where it verified none. */
  readonly userId: string | undefined;
}
