/** Who is told what the stack does. */
export interface Reporter {
  /**
   * Does `work`, saying that it does and how long it took. The words of the
   * end may tell what came out.
   */
  step<T>(title: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  say(message: string): void;
  /** Something went wrong that the stack copes with. */
  warn(message: string): void;
  /** A line that a process printed. */
  line(name: string, line: string): void;
}

/** For tests: says nothing, and remembers the warnings. */
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

  line(): void {
    // Quiet.
  }
}
