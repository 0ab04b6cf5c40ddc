export { Backoff } from './backoff.js';
export { elapsedSince, type Moment, thisMoment } from './moment.js';
export { InterruptibleSleep } from './interruptible-sleep.js';
export { retry, type RetryOptions } from './retry.js';
export { settlesWithin, within } from './within.js';
