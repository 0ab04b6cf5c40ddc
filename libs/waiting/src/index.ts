export { elapsedSince, type Moment, thisMoment } from './moment.js';
export { Pause } from './pause.js';
export { settlesWithin, within } from './within.js';
