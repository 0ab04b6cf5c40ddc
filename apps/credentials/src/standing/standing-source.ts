import { type Standing } from '#contracts';

/** The answer of `tickets`. A ticket in neither list has no usable answer. */
export interface StandingsAnswer {
  readonly items: readonly Standing[];
  /** Tickets that do not exist, according to `tickets`. */
  readonly unknown: readonly string[];
}

/** The one authority on standing. */
export interface StandingSource {
  /** Rejects if it cannot be reached. */
  standings(ticketIds: readonly string[]): Promise<StandingsAnswer>;
}
