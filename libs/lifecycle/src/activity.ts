/** Background work of a service, from its start to its stop. */
export interface Activity {
  /** For the log. */
  readonly name: string;
  /**
   * Does not wait for a dependency: a service starts while they are down, and the
   * activity retries by itself.
   */
  start(): void | Promise<void>;
  /**
   * Takes nothing new, and finishes the work in progress.
   * @param timeoutMs milliseconds after which the service stops waiting for it
   */
  stop(timeoutMs: number): Promise<void>;
}
