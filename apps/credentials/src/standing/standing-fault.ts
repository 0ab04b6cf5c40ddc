/**
 * What is wrong with an answer about a ticket that is known here. `unknown`: `tickets` says there is no such ticket, though tickets are
 * never deleted. `regressed`: it says less than it said before. `unreadable`: what it says is no standing.
 */
export type FaultKind = 'unknown' | 'regressed' | 'unreadable';

/** A fault, and no truth about the ticket: nothing may be destroyed or revealed by such an answer. */
export class StandingFault extends Error {
  override readonly name = 'StandingFault';

  constructor(
    readonly ticketId: string,
    readonly kind: FaultKind,
  ) {
    super(`the answer about the ticket is ${kind}`);
  }
}
