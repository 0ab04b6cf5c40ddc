/** Runs something on demand, and never twice at the same time. */
export class SingleFlight {
  private running: Promise<void> | undefined;
  private isRequestedAgain = false;

  constructor(private readonly run: () => Promise<void>) {}

  /** A call during a run resolves after one more run, which began after the call. */
  async do(): Promise<void> {
    this.isRequestedAgain = this.running !== undefined;
    this.running ??= this.runUntilCurrent().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** The current run is out of date: one more follows. */
  repeat(): void {
    this.isRequestedAgain = true;
  }

  private async runUntilCurrent(): Promise<void> {
    do {
      this.isRequestedAgain = false;
      await this.run();
    } while (this.mustRepeat);
  }

  private get mustRepeat(): boolean {
    return this.isRequestedAgain;
  }
}
