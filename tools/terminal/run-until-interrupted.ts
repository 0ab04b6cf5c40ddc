/** Work that is stopped once it has ended, failed or is interrupted. */
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
 * In ms. A second signal this soon is the same Ctrl-C: the terminal sends it to all
 * processes, and npm passes it on.
 */
const repeatMs = 500;

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
        } else if (Date.now() - interruptedAt > repeatMs) run.stopNow();
      });
    }
    process.on('uncaughtException', fail);
    // An error that is caused by the stop itself is no failure.
    run.work().then(resolve, (error: unknown) => {
      if (interruptedAt === 0) fail(error);
    });
  });
  const code = await ended;
  await run.stop();
  return code;
}
