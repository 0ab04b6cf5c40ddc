import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type Log, type LogFields, Metrics, silentLog } from '#telemetry';
import { JobReport } from './job-report.js';

let lines: string[];
let metrics: Metrics;
let report: JobReport;
let now: number;

beforeEach(() => {
  [lines, now] = [[], 1_000];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  metrics = new Metrics('test', { processMetrics: false });
  const log: Log = Object.assign(Object.create(silentLog) as Log, {
    warn: (event: string, fields?: LogFields) =>
      void lines.push(`${event}: ${fields?.check ?? ''}`),
  });
  report = new JobReport(log, metrics);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const fail = (job: string, times: number, everyMs: number): void => {
  for (let time = 0; time < times; time += 1) {
    report.failed(job, new Error('away'));
    now += everyMs;
  }
};

it('a job that fails every second is logged once a minute, and counted each time', async () => {
  fail('changes', 121, 1_000);
  expect(lines).toEqual(Array(3).fill('job failed: changes'));
  expect(await metrics.text()).toContain('job_failures_total{job="changes",service="test"} 121');
});

it('a failure after a success is logged, and so is that of another job', () => {
  fail('changes', 2, 1_000);
  report.succeeded('changes');
  fail('changes', 1, 1_000);
  fail('sweep', 1, 1_000);
  expect(lines).toEqual(['job failed: changes', 'job failed: changes', 'job failed: sweep']);
});
