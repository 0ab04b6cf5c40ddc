/** Something that goes on in a service from its start to its stop. */
export interface Activity {
  /** For the log. */
  readonly name: string;
  /** Does not wait for a neighbour: a service starts while they are away, and the activity goes on trying by itself. */
  start(): void | Promise<void>;
  /**
   * Takes nothing new, and finishes what is in hand.
   * @param patience milliseconds after which nobody waits for it any more
   */
  stop(patience: number): Promise<void>;
}
