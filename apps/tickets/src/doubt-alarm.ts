import { type Lifecycle, Sampled } from '#lifecycle';
import { type Sql } from '#postgres';
import { type Metrics, type Readiness } from '#telemetry';
import { countDoubted } from './persistence/doubts.js';

/**
 * Tickets in doubt need an operator, so the readiness warns of them too. They are
 * counted in the background.
 */
export function watchDoubts(
  sql: Sql,
  {
    lifecycle,
    metrics,
    readiness,
  }: { readonly lifecycle: Lifecycle; readonly metrics: Metrics; readonly readiness: Readiness },
): void {
  const doubted = new Sampled({ name: 'count of tickets in doubt', ask: () => countDoubted(sql) });
  lifecycle.addWork(doubted);
  const help =
    'Live tickets of other homes of which their home has said something that was not ' +
    'understood, as they were counted last';
  metrics.gauge({ name: 'mirrored_tickets_in_doubt', help }, () =>
    Promise.resolve(doubted.last ? [{ value: doubted.last.value }] : []),
  );
  readiness.watch('homes', () => {
    const { value = 0, ageSeconds = 0 } = doubted.last ?? {};
    return value === 0 ? undefined : `${value} in doubt, counted ${Math.round(ageSeconds)} s ago`;
  });
}
