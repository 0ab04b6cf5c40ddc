import { type HelpdeskEvent } from '#contracts';

export interface MirrorTicket {
  readonly event: HelpdeskEvent;
  /** The publisher's user, verified by the broker; undefined if the publisher named none. */
  readonly userId: string | undefined;
}
