import { jest } from '@jest/globals';

/**
 * Everything that Jest can fake but the time of day: timers and the monotonic clock stay
 * real.
 */
const others = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/**
 * While `work` runs, the clock of this process is ahead by so many minutes, or behind if
 * negative; the database's clock is right.
 */
export async function withClockOff<T>(minutes: number, work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ now: Date.now() + minutes * 60_000, doNotFake: [...others] });
  try {
    return await work();
  } finally {
    jest.useRealTimers();
  }
}
