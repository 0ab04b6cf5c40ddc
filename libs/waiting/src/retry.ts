import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryOptions {
  /**
   * Milliseconds to go on trying; the last failure is thrown after that. 0 tries once.
   */
  readonly timeoutMs: number;
  /** Whether a failure may pass by itself; any other is thrown at once. */
  readonly isTransient: (failure: unknown) => boolean;
  /** Told once, before the first wait. */
  readonly onWait: (failure: Error) => void;
}

const pauseMs = 250;

/**
 * Tries until it works.
 * @throws the last failure, when it is not transient or the time is over
 */
export async function retry<T>(
  work: () => Promise<T>,
  { timeoutMs, isTransient, onWait }: RetryOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (failure) {
      if (!isTransient(failure) || performance.now() >= deadline) throw failure;
      if (attempt === 1) onWait(failure instanceof Error ? failure : new Error('unknown'));
      await sleep(pauseMs);
    }
  }
}
