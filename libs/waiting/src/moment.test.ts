import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { elapsedSince, thisMoment } from './moment.js';

let clocks: { monotonic: number; timeOfDay: number };
beforeEach(() => {
  clocks = { monotonic: 1_000, timeOfDay: 1_700_000_000_000 };
  jest.spyOn(performance, 'now').mockImplementation(() => clocks.monotonic);
  jest.spyOn(Date, 'now').mockImplementation(() => clocks.timeOfDay);
});
afterEach(() => {
  jest.restoreAllMocks();
});

it.each([
  ['both clocks go', 5_000, 5_000, 5_000],
  ['the machine sleeps', 0, 600_000, 600_000],
  ['the time of day is set forwards', 5_000, 300_000, 300_000],
  ['the time of day is set back', 5_000, -300_000, 5_000],
])(
  'as much time has elapsed as either clock says where %s',
  (_case, monotonic, timeOfDay, elapsed) => {
    const then = thisMoment();
    clocks = { monotonic: clocks.monotonic + monotonic, timeOfDay: clocks.timeOfDay + timeOfDay };
    expect(elapsedSince(then)).toBe(elapsed);
  },
);
