/** What a turn did, in numbers, for whoever asks later: `{ asked: 200, ended: 1 }`. */
export type Done = Readonly<Record<string, number>>;

export interface Turn {
  readonly done: Done;
  /** Milliseconds until the next turn is wanted, where that is sooner than the job's `everyMs`. */
  readonly againInMs?: number;
}

/** Something that one replica at a time does again and again. It must stay safe when two do: a lease is no lock on the work itself. */
export interface Job {
  /** The same on all replicas. */
  readonly name: string;
  /** Milliseconds from the end of one turn to the beginning of the next. */
  readonly everyMs: number;
  /**
   * One turn. Where it throws, the lease is given away, so that another replica may have better luck.
   * @param signal aborted when the lease is lost and when the service stops: finish the step in hand and return
   */
  run(signal: AbortSignal): Promise<Turn>;
}
