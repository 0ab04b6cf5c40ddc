import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '#waiting';

interface Facts<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

/**
 * The interface of a counter for the classes that raise it;
 * `metrics.counter(…)` makes one.
 */
export interface Tally<Label extends string = never> {
  inc(...labels: [Label] extends [never] ? [] : [Readonly<Record<Label, string>>]): void;
}

/** One value of a gauge. */
interface Sample<Label extends string = never> {
  readonly labels?: Readonly<Record<Label, string>>;
  readonly value: number;
}

/** How long a scrape waits for an asynchronous gauge, in milliseconds. */
const timeoutMs = 1_000;

/**
 * The metrics of one process, in the Prometheus text format. Its own registry, so that
 * two services in one test do not meet.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string, options: { readonly processMetrics?: boolean } = {}) {
    this.registry.setDefaultLabels({ service });
    if (options.processMetrics ?? true) collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string = never>({ name, help, labels = [] }: Facts<Label>): Counter<Label> {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /**
   * @param ask called at every scrape; the gauge is omitted if it fails or
   *   takes more than a second
   */
  gauge<Label extends string = never>(
    { name, help, labels = [] }: Facts<Label>,
    ask?: () => Promise<readonly Sample<Label>[]>,
  ): Gauge<Label> {
    const collect = ask && { collect: (): Promise<void> => refresh(gauge, labels.length > 0, ask) };
    const gauge: Gauge<Label> = new Gauge<Label>({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      ...collect,
    });
    return gauge;
  }

  /** @param buckets upper bounds in seconds; default: 1 ms to 10 s */
  histogram<Label extends string = never>(
    { name, help, labels = [] }: Facts<Label>,
    buckets: readonly number[] = [
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ],
  ): Histogram<Label> {
    return new Histogram({
      name,
      help,
      labelNames: labels,
      buckets: [...buckets],
      registers: [this.registry],
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

async function refresh<Label extends string>(
  gauge: Gauge<Label>,
  labelled: boolean,
  ask: () => Promise<readonly Sample<Label>[]>,
) {
  const samples = await within(timeoutMs, ask()).catch(() => undefined);
  if (labelled) gauge.reset();
  else gauge.remove();
  for (const { labels = {}, value } of samples ?? []) gauge.set(labels, value);
}
