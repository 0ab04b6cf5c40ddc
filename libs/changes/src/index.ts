export { type ChangeHandler, type HandledChanges } from './change-follower.js';
export { askForChanges, type ChangeSource } from './change-source.js';
export { followChanges, readChangesSeconds } from './follow-changes.js';
