import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics, silentLog } from '#telemetry';
import { Lifecycle } from './lifecycle.js';

let metrics: Metrics;
let lifecycle: Lifecycle;

beforeEach(() => {
  metrics = new Metrics('test', { processMetrics: false });
  lifecycle = new Lifecycle(silentLog, metrics);
});
afterEach(() => lifecycle.stop());

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe('a periodic job', () => {
  it('runs when the service starts, and again and again', async () => {
    let runs = 0;
    lifecycle.every({ name: 'sweep', seconds: 0.001 }, () => Promise.resolve((runs += 1)));
    expect(runs).toBe(0);
    await lifecycle.start();
    await until(() => runs > 3);
  });

  it('is never in two runs at once, and a wake during a run makes one more', async () => {
    let [runs, atWork] = [0, 0];
    let finish: () => void = () => undefined;
    const job = lifecycle.every({ name: 'sweep', seconds: 600 }, async () => {
      runs += 1;
      atWork += 1;
      expect(atWork).toBe(1);
      await new Promise<void>((resolve) => (finish = resolve));
      atWork -= 1;
    });
    await lifecycle.start();
    job.wake();
    job.wake();
    expect(runs).toBe(1);
    finish();
    await until(() => runs === 2);
    finish();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([runs, atWork]).toEqual([2, 0]);
  });

  it('goes on after a run that failed, which shows in the metrics', async () => {
    let runs = 0;
    lifecycle.every({ name: 'sweep', seconds: 0.001 }, () => {
      runs += 1;
      return runs < 3 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    await lifecycle.start();
    await until(() => runs > 3);
    const text = await metrics.text();
    expect(text).toMatch(/^job_failures_total\{job="sweep",service="test"\} 2$/m);
    expect(text).toMatch(
      /^job_last_success_timestamp_seconds\{job="sweep",service="test"\} \d{10}/m,
    );
  });

  it('is told when the service stops, which waits for the run under way and begins no other', async () => {
    let runs = 0;
    let ended = false;
    lifecycle.every({ name: 'sweep', seconds: 0.001 }, async (stopping) => {
      runs += 1;
      await new Promise((resolve) => {
        stopping.addEventListener('abort', resolve);
      });
      ended = true;
      throw stopping.reason;
    });
    await lifecycle.start();
    await lifecycle.stop();
    expect([runs, ended]).toEqual([1, true]);
    expect(await metrics.text()).not.toMatch(/^job_failures_total\{/m);
  });
});
