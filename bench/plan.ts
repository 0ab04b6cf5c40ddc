/** Each round measures everything once, the system and its baseline in turns. */
export const rounds = 5;
/** Requests in flight where throughput is measured; where latency is, there is one. */
export const concurrency = 16;
/** STANDING_LEASE_SECONDS, whose default is measured. */
export const leaseMs = 5000;

/** Tickets of one target in one round. */
export interface Size {
  /** Worked on one by one, for the latency. */
  readonly alone: number;
  /** Worked on {@link concurrency} at a time, for the throughput. */
  readonly together: number;
}

export const size: Size = { alone: 60, together: 320 };
/**
 * Tickets whose statements are counted; enough that what the relays poll by themselves,
 * once a second, does not show.
 */
export const counted = 20;
