export { Pause } from './pause.js';
export { within } from './within.js';
