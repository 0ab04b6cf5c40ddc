/**
 * Pauses between attempts: the first is `firstMs`, each further one twice as long, none
 * longer than `maxMs` (milliseconds).
 */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly firstMs: number,
    private readonly maxMs: number,
  ) {}

  /** @returns milliseconds to wait before the next attempt */
  next(): number {
    const pause = Math.min(this.maxMs, this.firstMs * 2 ** this.failures);
    // Bounded, for an outage may last for days.
    this.failures = Math.min(this.failures + 1, 30);
    return pause;
  }

  /** It worked: the next failure is a first one. */
  reset(): void {
    this.failures = 0;
  }
}
