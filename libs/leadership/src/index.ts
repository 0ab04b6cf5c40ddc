export { type Job, type Turn } from './job.js';
export { type LastRun, lastRuns } from './last-runs.js';
export { Leadership, type LeadershipOptions } from './leadership.js';
export { leadershipSchema } from './leadership-schema.js';
