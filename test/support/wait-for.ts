import { setTimeout as sleep } from 'node:timers/promises';

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/** In ms. Polling costs processor time that the awaited work needs. */
const longestPauseMs = 100;

/**
 * Repeats `ask` until its answer is truthy: a fixed sleep would be too short on a busy
 * machine and too long on any other.
 * @throws what `ask` throws, at once; after `timeoutMs` without success, the last answer
 */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Truthy<T>> {
  const begun = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Truthy<T>;
    const waited = performance.now() - begun;
    if (waited > timeoutMs)
      throw new Error(`still ${JSON.stringify(answer)} after ${timeoutMs} ms: ${ask.toString()}`);
    await sleep(Math.min(10 + waited / 10, longestPauseMs));
  }
}

/**
 * Repeats an assertion until it passes.
 * @throws after `timeoutMs`, the last failure
 */
export async function waitUntilPasses<T>(
  assertion: () => Promise<T>,
  timeoutMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  const attempt = async () => {
    try {
      return { result: await assertion() };
    } catch (error) {
      if (performance.now() > deadline) throw error;
      return undefined;
    }
  };
  return (await waitFor(attempt, Infinity)).result;
}
