export { isBatch, membersOf } from './batch.js';
export { remedyForData } from './data.js';
export { type EventMessage } from './event-message.js';
export { InvalidEventError } from './invalid-event-error.js';
export { eventMediaType } from './media-type.js';
export { readEvent } from './read-event.js';
