export { Batcher, type BatcherOptions, type Outcome } from './batcher.js';
