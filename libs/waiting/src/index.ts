export { Pause } from './pause.js';
export { settlesWithin, within } from './within.js';
