/** What a turn did, in numbers, for reports and metrics: `{ asked: 200, ended: 1 }`. */
export type Done = Readonly<Record<string, number>>;

export interface Turn {
  readonly done: Done;
  /** Milliseconds until the next turn, if that is sooner than the job's `everyMs`. */
  readonly againInMs?: number;
}

/**
 * A job that one replica at a time repeats. It must be safe when two do: the lease is not
 * a lock on the work itself.
 */
export interface Job {
  /** The same on all replicas. */
  readonly name: string;
  /** Milliseconds from the end of one turn to the beginning of the next. */
  readonly everyMs: number;
  /**
   * One turn. If it throws, the lease is released, so that another replica can try.
   * @param signal aborted when the lease is lost and when the service stops: finish
   *   the step in hand and return
   */
  run(signal: AbortSignal): Promise<Turn>;
}
