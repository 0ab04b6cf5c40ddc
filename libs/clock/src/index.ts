export { ClockWatch } from './clock-watch.js';
export { compareClock, type Comparison, nearest } from './compare-clock.js';
export { watchClock } from './watch-clock.js';
