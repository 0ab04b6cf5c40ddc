/** Something that is started, and stopped when it has ended, failed or is interrupted. */
interface Run {
  /** Resolves with an exit code when it ends by itself. */
  work(): Promise<number>;
  /** Called once, after success and failure alike. */
  stop(): Promise<void>;
  /** The second Ctrl-C. */
  stopNow(): void;
  /** @returns the exit code of a run that was interrupted */
  onInterrupt(signal: NodeJS.Signals): number;
  onFailure(error: unknown): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * Milliseconds within which a second signal is the first one again: npm passes on a
 * Ctrl-C that the terminal has sent to everybody.
 */
const echo = 500;

/**
 * Runs until it ends, fails, or is interrupted by Ctrl-C, SIGTERM or a
 * closed terminal; then stops it.
 * @returns the exit code: that of the work or of the
 *   interruption, 1 when something failed
 */
export async function runUntilInterrupted(run: Run): Promise<number> {
  const ended = new Promise<number>((resolve) => {
    let interruptedAt = 0;
    const fail = (error: unknown) => {
      run.onFailure(error);
      resolve(1);
    };
    for (const signal of signals) {
      process.on(signal, () => {
        if (interruptedAt === 0) {
          interruptedAt = Date.now();
          resolve(run.onInterrupt(signal));
        } else if (Date.now() - interruptedAt > echo) run.stopNow();
      });
    }
    process.on('uncaughtException', fail);
    // What breaks because everything is being stopped is no failure of its own.
    run.work().then(resolve, (error: unknown) => {
      if (interruptedAt === 0) fail(error);
    });
  });
  const code = await ended;
  await run.stop();
  return code;
}
