export { type Activity } from './activity.js';
export { type JobReport } from './job-report.js';
export { Lifecycle, workPatience } from './lifecycle.js';
export { Sampled } from './sampled.js';
