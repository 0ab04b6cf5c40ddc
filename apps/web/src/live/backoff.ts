/**
 * Exponential backoff with jitter: pauses double up to a limit, and each is shortened by
 * chance, so that many clients do not retry at the same moment.
 */
export class Backoff {
  private attempts = 0;

  /**
   * @param firstMs the first pause, in ms
   * @param maxMs the longest
   */
  constructor(
    private readonly firstMs: number,
    private readonly maxMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** @returns ms to wait before the next attempt */
  next(): number {
    const full = Math.min(this.maxMs, this.firstMs * 2 ** this.attempts);
    this.attempts += 1;
    return full * (0.5 + this.random() / 2);
  }

  /** An attempt succeeded. */
  reset(): void {
    this.attempts = 0;
  }
}
