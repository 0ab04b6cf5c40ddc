/** Receives the progress of the stack. */
export interface Reporter {
  /**
   * Runs `work`, and reports its start, and its end with the time it took and, if given,
   * the `outcome`.
   */
  step<T>(title: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  say(message: string): void;
  /** A problem that the stack copes with. */
  warn(message: string): void;
  /** Output of a process: one or more lines, each with its line end. */
  lines(name: string, lines: string): void;
}

/** For tests: prints nothing, and collects the warnings. */
export class QuietReporter implements Reporter {
  readonly warnings: string[] = [];

  step<T>(_title: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  say(): void {
    // Quiet.
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  lines(): void {
    // Quiet.
  }
}
