/** How many of each there shall be. */
export interface Sizes {
  readonly tickets: number;
  /** Live credentials, one under each of the first tickets. */
  readonly live: number;
  /** Entries of the access log, spread evenly over the tickets. */
  readonly log: number;
}
