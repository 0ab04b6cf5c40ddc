import { type BrokerConnection, deadQueue } from '#messaging';
import { type Metrics, type Readiness } from '#telemetry';
import { together } from './together.js';

interface Depth {
  readonly labels: { readonly queue: string };
  readonly value: number;
}

/** Counts the dead letters of all consumers. They need an operator, so the readiness shows them too, as a warning. */
export class DeadLetterWatch {
  private readonly queues: string[] = [];
  /** Asked at every scrape and every readiness probe, which often come at the same moment. */
  private readonly depths: () => Promise<Depth[]>;

  constructor(connection: BrokerConnection, metrics: Metrics, readiness: Readiness) {
    this.depths = together(() => Promise.all(this.queues.map((queue) => depthOf(connection, queue))));
    metrics.gauge(
      { name: 'dead_letters', help: 'Messages that were given up, to be replayed or discarded', labels: ['queue'] },
      this.depths,
    );
    readiness.add('dead-letters', () => this.demandNone(), { fatal: false });
  }

  /** @param queue the consumer's, not the dead letters' own */
  watch(queue: string): void {
    this.queues.push(queue);
  }

  private async demandNone(): Promise<void> {
    // An absent broker has its own place in the readiness.
    const depths = await this.depths().catch(() => []);
    if (depths.some(({ value }) => value > 0)) throw new Error('there are dead letters');
  }
}

/** A consumer that has never run has no queue yet, and so no dead letters. */
const depthOf = async (connection: BrokerConnection, queue: string): Promise<Depth> => ({
  labels: { queue },
  value: (await connection.depth(deadQueue(queue))) ?? 0,
});
