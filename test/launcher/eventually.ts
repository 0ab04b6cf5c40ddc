import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a condition holds.
 * @throws when it does not within `patience` milliseconds
 */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  patience = 30_000,
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(
        `this did not come true within ${patience / 1000} s: ${condition.toString()}`,
      );
    await sleep(50);
  }
}
