import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClockWatch } from './clock-watch.js';
import { compareClock, type Comparison, nearest } from './compare-clock.js';

const others = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;
const off = { code: 'unavailable', headers: { 'retry-after': '30' } };
let right: number;
beforeEach(() => {
  right = Date.now();
  jest.useFakeTimers({ now: right, doNotFake: [...others] });
});
afterEach(() => {
  jest.useRealTimers();
});

const ask = () => compareClock(() => Promise.resolve(right));

it('a comparison of two clocks knows how far it may be wrong', async () => {
  jest.setSystemTime(right + 90_000);
  const { offset, within } = await ask();
  expect(Math.abs(offset - 90)).toBeLessThanOrEqual(within + 0.001);
  const coarse = await compareClock(() => Promise.resolve(right - 999), 1_000);
  expect(Math.abs(coarse.offset - 90)).toBeLessThanOrEqual(coarse.within + 0.001);
});

it('a clock that agrees with any of several is believed', () => {
  const by = (offset: number): Comparison => ({ offset, within: 0 });
  expect(nearest([by(180), by(-1), by(-180)])).toEqual(by(-1));
  expect(nearest([])).toBeUndefined();
});

it('a clock is right up to the tolerance, and it is noticed at once that it was set, and set back', async () => {
  const watch = new ClockWatch(ask, 60);
  await watch.requireRight();
  for (const seconds of [70, -70]) {
    jest.setSystemTime(right + seconds * 1_000);
    await expect(watch.requireRight()).rejects.toMatchObject(off);
    jest.setSystemTime(right + (seconds * 5_000) / 7);
    await watch.requireRight();
  }
});

it('a comparison that was under way when the clock was set is no answer', async () => {
  const watch = new ClockWatch(ask, 60);
  const before = watch.look();
  jest.setSystemTime(right + 70_000);
  await expect(watch.requireRight()).rejects.toMatchObject(off);
  await before;
});

it('it is noticed at the next comparison that it was the other clock that was set', async () => {
  // The clocks go on together, so that nothing but the next look can tell.
  jest.useRealTimers();
  const watch = new ClockWatch(ask, 60);
  await watch.look();
  right += 70_000;
  await watch.look();
  await expect(watch.requireRight()).rejects.toMatchObject(off);
  right -= 70_000;
  const isBelieved = () =>
    watch.requireRight().then(
      () => true,
      () => false,
    );
  for (
    const began = performance.now();
    performance.now() < began + 10_000 && !(await isBelieved());
  )
    await sleep(20);
  expect(await isBelieved()).toBe(true);
});

it('a clock is not taken for wrong because a comparison took long', async () => {
  const slow: Comparison = { offset: 61, within: 2 };
  await new ClockWatch(() => Promise.resolve(slow), 60).requireRight();
});

it('a clock is believed where the other one cannot be asked, which is not tried again for each request', async () => {
  const compare = jest.fn(() => Promise.reject(new Error('away')));
  const watch = new ClockWatch(compare, 60);
  for (let count = 0; count < 5; count += 1) await watch.requireRight();
  expect(compare).toHaveBeenCalledTimes(1);
  expect(await watch.look()).toBeUndefined();
});
