import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer is truthy. @throws after `timeoutMs`, with the last answer */
export async function waitFor<T>(ask: () => T | Promise<T>, timeoutMs = 20_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${timeoutMs} ms`);
    await sleep(20);
  }
}
