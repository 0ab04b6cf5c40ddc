import { type HelpdeskOrigin } from '#contracts';

export interface DoubtTicket {
  /** Of an event that its home may send. */
  readonly origin: HelpdeskOrigin;
  /** A CloudEvent, as it was received. */
  readonly document: unknown;
  /**
   * Why it was not understood, or not applied: the rule that it breaks, never a value.
   */
  readonly reason: string;
}
