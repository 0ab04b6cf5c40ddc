/**
 * Growing pauses between attempts: doubled each time up to a limit, and shortened by
 * chance, so that many clients do not come at once.
 */
export class Backoff {
  private attempts = 0;

  /**
   * @param firstMs the first pause, in ms
   * @param mostMs the longest
   */
  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** @returns ms to wait before the next attempt */
  next(): number {
    const full = Math.min(this.mostMs, this.firstMs * 2 ** this.attempts);
    this.attempts += 1;
    return full * (0.5 + this.random() / 2);
  }

  /** It worked. */
  reset(): void {
    this.attempts = 0;
  }
}
