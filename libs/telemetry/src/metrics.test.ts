import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics, type Tally } from './metrics.js';

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics('test', { processMetrics: false });
});

/** The lines that hold values. */
const values = async () =>
  (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('a gauge that is asked for', () => {
  it('shows the answer of this scrape and nothing of the last one', async () => {
    let answer = [{ labels: { queue: 'a' }, value: 1 }];
    metrics.gauge({ name: 'depth', help: 'x', labels: ['queue'] }, () => Promise.resolve(answer));
    expect(await values()).toEqual(['depth{queue="a",service="test"} 1']);
    answer = [{ labels: { queue: 'b' }, value: 2 }];
    expect(await values()).toEqual(['depth{queue="b",service="test"} 2']);
  });

  it('is not shown while there is no answer, and keeps nothing else from being shown', async () => {
    let answer = () => Promise.resolve([{ value: 0 }]);
    metrics.gauge({ name: 'depth', help: 'x' }, () => answer());
    metrics.counter({ name: 'total', help: 'x' }).inc();
    expect(await values()).toEqual(['depth{service="test"} 0', 'total{service="test"} 1']);
    answer = () => Promise.reject(new Error('away'));
    expect(await values()).toEqual(['total{service="test"} 1']);
    answer = () => new Promise(() => undefined);
    expect(await values()).toEqual(['total{service="test"} 1']);
  });
});

describe('a counter', () => {
  it('is a Tally to the class that raises it', async () => {
    const plain: Tally = metrics.counter({ name: 'faults_total', help: 'x' });
    const labelled: Tally<'reason'> = metrics.counter({
      name: 'refusals_total',
      help: 'x',
      labels: ['reason'],
    });
    plain.inc();
    labelled.inc({ reason: 'late' });
    labelled.inc({ reason: 'late' });
    expect(await values()).toEqual([
      'faults_total{service="test"} 1',
      'refusals_total{reason="late",service="test"} 2',
    ]);
  });
});
