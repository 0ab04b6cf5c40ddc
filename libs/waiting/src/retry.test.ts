import { expect, it } from '@jest/globals';
import { retry } from './retry.js';

const passing = new Error('not up yet');
const lasting = new Error('wrong password');
const isTransient = (failure: unknown): boolean => failure === passing;

/** Fails as told, then works. */
function failing(...failures: readonly Error[]) {
  const left = [...failures];
  const waits: string[] = [];
  const work = (): Promise<string> => {
    const failure = left.shift();
    return failure ? Promise.reject(failure) : Promise.resolve('up');
  };
  const result = (timeoutMs: number) =>
    retry(work, { timeoutMs, isTransient, onWait: ({ message }) => waits.push(message) });
  return { result, waits };
}

it('what fails for a while is tried until it works, and the wait is told once', async () => {
  const { result, waits } = failing(passing, passing);
  await expect(result(60_000)).resolves.toBe('up');
  expect(waits).toEqual(['not up yet']);
});

it('a failure that will not pass is thrown at once', async () => {
  const { result, waits } = failing(lasting);
  await expect(result(60_000)).rejects.toBe(lasting);
  expect(waits).toEqual([]);
});

it('the last failure is thrown when the time is over', async () => {
  await expect(failing(passing).result(0)).rejects.toBe(passing);
});
