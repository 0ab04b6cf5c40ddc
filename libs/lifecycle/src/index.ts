export { type Activity } from './activity.js';
export { type JobReport } from './job-report.js';
export { foundationPatience, Lifecycle, workPatience } from './lifecycle.js';
export { type JobOptions, PeriodicJob, type Work } from './periodic-job.js';
export { Sampled, type SampledOptions } from './sampled.js';
