import { type OutboxRelay, type OutboxStats } from '#outbox';
import { type Metrics } from '#telemetry';

/** What is owed to the broker, asked of the database once a scrape; nothing is shown while it does not answer. */
export function measureOutbox(metrics: Metrics, relay: Pick<OutboxRelay, 'stats'>): void {
  const stats = shared(() => relay.stats());
  const show = (name: string, help: string, read: (stats: OutboxStats) => number) =>
    metrics.gauge({ name, help }, async (gauge) => {
      try {
        gauge.set(read(await stats()));
      } catch {
        gauge.remove();
      }
    });
  show('outbox_depth', 'Events that the broker has not confirmed', ({ depth }) => depth);
  show('outbox_oldest_seconds', 'Age of the oldest event that the broker has not confirmed', ({ oldestSeconds }) => oldestSeconds);
}

/** Who asks while an answer is under way gets the same one. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () =>
    (asked ??= ask().finally(() => {
      asked = undefined;
    }));
}
