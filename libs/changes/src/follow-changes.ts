import { type EnvironmentReader } from '#config';
import { type Lifecycle } from '#lifecycle';
import { type Metrics, type Readiness } from '#telemetry';
import { ChangeFollower, type ChangeHandler } from './change-follower.js';
import { type ChangeSource } from './change-source.js';

/** Seconds between two turns; 0 for none at all. */
export const readChangesSeconds = (read: EnvironmentReader): number =>
  read.integer('CHANGES_SECONDS', { default: 1, max: 3_600 });

/** Seconds, beside those between two turns, after which the readiness warns. */
const graceSeconds = 5;

interface Dependencies {
  readonly lifecycle: Lifecycle;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/**
 * Has a service follow the changes of tickets from its start to its
 * stop, and tells how it fares.
 * @param seconds between two turns; 0 for none at all
 */
export function followChanges(
  seconds: number,
  source: ChangeSource,
  handler: ChangeHandler,
  { lifecycle, metrics, readiness }: Dependencies,
): void {
  if (seconds === 0) return;
  const followed = metrics.counter({
    name: 'changes_followed_total',
    help: 'Changes of tickets that no event had told',
  });
  const follower = new ChangeFollower(source, handler, (count) => {
    followed.inc(count);
  });
  const help = 'How long ago it was last known which tickets had changed';
  metrics.gauge({ name: 'changes_age_seconds', help }, () =>
    Promise.resolve(follower.ageSeconds === undefined ? [] : [{ value: follower.ageSeconds }]),
  );
  readiness.watch('changes', () => {
    const { ageSeconds } = follower;
    if (ageSeconds === undefined) return 'not followed yet';
    return ageSeconds > seconds + graceSeconds
      ? `not followed for ${Math.round(ageSeconds)} s`
      : undefined;
  });
  const gap = lifecycle.every({ name: 'changes-gap', seconds }, (stopping) =>
    follower.closeGap(stopping),
  );
  lifecycle.every({ name: 'changes', seconds }, (stopping) =>
    follower.turn(stopping).finally(() => {
      gap.wake();
    }),
  );
}
