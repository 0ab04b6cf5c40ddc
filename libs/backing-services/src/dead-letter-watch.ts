import { type Lifecycle, Sampled } from '#lifecycle';
import { type BrokerConnection, deadQueue } from '#messaging';
import { type Metrics, type Readiness } from '#telemetry';

/**
 * Counts the dead letters of all consumers. They need an operator, so the readiness warns
 * of them too. The broker is asked in the background: neither a scrape nor a probe waits
 * for it, and while it is away or silent both show what was counted last.
 */
export class DeadLetterWatch {
  private readonly counts = new Map<string, Sampled<number>>();

  constructor(
    private readonly connection: BrokerConnection,
    private readonly lifecycle: Lifecycle,
    metrics: Metrics,
    readiness: Readiness,
  ) {
    const labels = ['queue'] as const;
    const help =
      'Messages that were given up, to be replayed or discarded, as they were counted last';
    metrics.gauge({ name: 'dead_letters', help, labels }, () => this.samples(({ value }) => value));
    const age = 'How long ago the dead letters were counted';
    metrics.gauge({ name: 'dead_letters_age_seconds', help: age, labels }, () =>
      this.samples(({ ageSeconds }) => ageSeconds),
    );
    readiness.watch('dead-letters', () => this.warning());
  }

  /** @param queue the consumer's, not the dead letters' own */
  watch(queue: string): void {
    // A consumer that has never run has no queue yet, and so no dead letters.
    const ask = async (): Promise<number> => (await this.connection.depth(deadQueue(queue))) ?? 0;
    const count = new Sampled({ name: `dead letters of ${queue}`, ask });
    this.counts.set(queue, count);
    this.lifecycle.addWork(count);
  }

  private samples(
    read: (last: Count) => number,
  ): Promise<{ labels: { queue: string }; value: number }[]> {
    const known = [...this.counts].flatMap(([queue, { last }]) =>
      last ? [{ labels: { queue }, value: read(last) }] : [],
    );
    return Promise.resolve(known);
  }

  /** An absent broker has its own place in the readiness. */
  private warning(): string | undefined {
    const known = [...this.counts.values()].flatMap(({ last }) => (last ? [last] : []));
    const count = known.reduce((sum, { value }) => sum + value, 0);
    const age = Math.max(0, ...known.map(({ ageSeconds }) => Math.round(ageSeconds)));
    return count === 0 ? undefined : `${count}, counted ${age} s ago`;
  }
}

type Count = NonNullable<Sampled<number>['last']>;
