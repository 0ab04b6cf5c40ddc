import { type Lifecycle } from '#lifecycle';
import { type Log, type Metrics, type Readiness } from '#telemetry';
import { type ClockWatch, errorOf } from './clock-watch.js';

/**
 * Seconds of difference from which on it is logged; a host whose time is
 * kept differs by milliseconds.
 */
const worthSaying = 2;

interface Dependencies {
  readonly lifecycle: Lifecycle;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/**
 * Compares the clock at the start and every minute, and shows it: as a gauge, in the log
 * where it is off, and in the readiness where it is off by more than the tolerance.
 * @param reference whose clock it is compared with, for the metric's help
 */
export function watchClock(
  watch: ClockWatch,
  reference: string,
  { lifecycle, log, metrics, readiness }: Dependencies,
): void {
  const help =
    `Seconds that the clock of this process is ahead of that of ${reference}; ` +
    'negative where it is behind';
  metrics.gauge({ name: 'clock_offset_seconds', help }, async () => {
    const found = await watch.look();
    return found ? [{ value: found.offset }] : [];
  });
  readiness.add('clock', () => watch.requireRight());
  lifecycle.every({ name: 'clock-comparison', seconds: 60 }, async () => {
    const found = await watch.look();
    if (found && errorOf(found) > worthSaying)
      log.warn('clock is off', { offsetMs: Math.round(found.offset * 1000), peer: reference });
  });
}
