import { setTimeout as sleep } from 'node:timers/promises';

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Asks again until the answer is truthy.
 * @throws after `timeoutMs`, with the last answer
 */
export async function waitFor<T>(
  ask: () => T | Promise<T>,
  timeoutMs = 20_000,
): Promise<Truthy<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as Truthy<T>;
    if (performance.now() > deadline)
      throw new Error(`still ${JSON.stringify(answer)} after ${timeoutMs} ms`);
    await sleep(20);
  }
}
