/** Something that is brought up, and taken down when it has ended, failed, or somebody has had enough. */
export interface Run {
  /** Resolves with an exit code when it ends by itself. */
  work(): Promise<number>;
  /** Called once, whatever happened. */
  stop(): Promise<void>;
  /** The second Ctrl-C. */
  hurry(): void;
  onInterrupt(signal: NodeJS.Signals): void;
  onFailure(error: unknown): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs until it ends, fails, or is interrupted by Ctrl-C, SIGTERM or a closed terminal; then stops it.
 * @returns the exit code: that of the work, 0 when interrupted, 1 when something failed
 */
export async function runUntilInterrupted(run: Run): Promise<number> {
  const ended = new Promise<number>((resolve) => {
    let interrupted = false;
    const fail = (error: unknown) => {
      run.onFailure(error);
      resolve(1);
    };
    for (const signal of signals) {
      process.on(signal, () => {
        if (interrupted) run.hurry();
        else run.onInterrupt(signal);
        interrupted = true;
        resolve(0);
      });
    }
    process.on('uncaughtException', fail);
    // What breaks because everything is being stopped is no failure of its own.
    run.work().then(resolve, (error: unknown) => {
      if (!interrupted) fail(error);
    });
  });
  const code = await ended;
  await run.stop();
  return code;
}
