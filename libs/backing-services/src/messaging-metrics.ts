import { type MessagingMetrics } from '#messaging';
import { type Metrics } from '#telemetry';

/** Exports the counters of messaging. */
export function messagingMetrics(metrics: Metrics): MessagingMetrics {
  const connected = metrics.gauge({
    name: 'broker_connected',
    help: '1 while all connections to the broker are up',
  });
  const blocked = metrics.gauge({
    name: 'broker_blocked',
    help: '1 while the broker takes no messages: it is out of memory or disk',
  });
  const published = metrics.counter({
    name: 'messages_published_total',
    help:
      'Messages given to the broker, by what became of them: confirmed, returned (no queue ' +
      'takes it), failed, away (no broker)',
    labels: ['exchange', 'result'],
  });
  const consumed = metrics.histogram({
    name: 'messages_consumed_seconds',
    help:
      'From the delivery of a message to its outcome: done, retry, reject, unavailable ' +
      '(given back uncounted), ignored (nobody handles it)',
    labels: ['queue', 'result'],
  });
  const deadLettered = metrics.counter({
    name: 'messages_dead_lettered_total',
    help: 'Messages that were given up and kept as dead letters',
    labels: ['queue'],
  });
  return {
    connected(up) {
      connected.set(up ? 1 : 0);
    },
    blocked(is) {
      blocked.set(is ? 1 : 0);
    },
    published(exchange, result) {
      published.inc({ exchange, result });
    },
    consumed(queue, result, seconds) {
      consumed.observe({ queue, result }, seconds);
    },
    deadLettered(queue) {
      deadLettered.inc({ queue });
    },
  };
}
