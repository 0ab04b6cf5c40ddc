import { type Standing } from '#contracts';

/** What `tickets` says of the tickets it was asked about. One that is in neither list has no usable answer. */
export interface Told {
  readonly items: readonly Standing[];
  /** Tickets that it says do not exist. */
  readonly unknown: readonly string[];
}

/** The one authority on standing. */
export interface StandingSource {
  /** Rejects when it cannot be asked. */
  standings(ticketIds: readonly string[]): Promise<Told>;
}
