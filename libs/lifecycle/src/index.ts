export { type Activity } from './activity.js';
export { type JobReport } from './job-report.js';
export { Lifecycle, workTimeoutMs } from './lifecycle.js';
export { Sampled } from './sampled.js';
