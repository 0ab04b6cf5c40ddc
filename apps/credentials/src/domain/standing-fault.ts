/**
 * What is wrong with an answer about a ticket that is known here. `unknown`: `tickets`
 * says there is no such ticket, though tickets are never deleted. `regressed`: the answer
 * is older than one before. `unreadable`: the answer is not a valid standing.
 * `not-understood`: `tickets` itself is in doubt, since the ticket's home said something
 * that it did not understand.
 */
export type FaultKind = 'unknown' | 'regressed' | 'unreadable' | 'not-understood';

/** A faulty answer about a ticket: it must neither destroy nor permit a reveal. */
export class StandingFault extends Error {
  override readonly name = 'StandingFault';

  constructor(
    readonly ticketId: string,
    readonly kind: FaultKind,
  ) {
    super(`the answer about the ticket is ${kind}`);
  }
}

export const notUnderstood = (ticketId: string): StandingFault =>
  new StandingFault(ticketId, 'not-understood');
