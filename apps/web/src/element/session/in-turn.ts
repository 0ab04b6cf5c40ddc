/**
 * Something that is done anew whenever it is asked for, and never twice at the same time.
 */
export class InTurn {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly run: () => Promise<void>) {}

  /** Who asks while it goes on gets what begins after it. */
  async do(): Promise<void> {
    this.again = this.running !== undefined;
    this.running ??= this.untilQuiet().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What is under way does not count: it is done once more. */
  repeat(): void {
    this.again = true;
  }

  private async untilQuiet(): Promise<void> {
    do {
      this.again = false;
      await this.run();
    } while (this.isWantedAgain);
  }

  private get isWantedAgain(): boolean {
    return this.again;
  }
}
