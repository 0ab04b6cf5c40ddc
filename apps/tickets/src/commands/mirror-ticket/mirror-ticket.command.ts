export interface MirrorTicket {
  /** A CloudEvent, as it was received: what its words mean is known of its home alone. */
  readonly document: unknown;
  /**
   * The publisher's user, verified by the broker; undefined if the publisher named none.
   */
  readonly userId: string | undefined;
}
