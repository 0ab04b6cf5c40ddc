export { type Append, InMemoryOutbox } from './in-memory-outbox.js';
