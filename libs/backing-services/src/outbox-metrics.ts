import { type OutboxRelay, type OutboxStats } from '#outbox';
import { type Metrics } from '#telemetry';
import { singleFlight } from './single-flight.js';

/** Events not published yet, queried once per scrape. */
export function measureOutbox(metrics: Metrics, relay: Pick<OutboxRelay, 'stats'>): void {
  const stats = singleFlight(() => relay.stats());
  const show = (name: string, help: string, read: (stats: OutboxStats) => number) =>
    metrics.gauge({ name, help }, async () => [{ value: read(await stats()) }]);
  show('outbox_depth', 'Events that the broker has not confirmed', ({ depth }) => depth);
  show(
    'outbox_oldest_seconds',
    'Age of the oldest event that the broker has not confirmed',
    ({ oldestSeconds }) => oldestSeconds,
  );
  show(
    'outbox_attempts',
    'Failed attempts of the unconfirmed event that failed most often',
    ({ maxAttempts }) => maxAttempts,
  );
}
