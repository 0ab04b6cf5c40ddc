export { Backoff } from './backoff.js';
export { elapsedSince, type Moment, thisMoment } from './moment.js';
export { Pause } from './pause.js';
export { retry, type RetryOptions } from './retry.js';
export { settlesWithin, within } from './within.js';
