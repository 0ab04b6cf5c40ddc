import { type Client } from './client.js';

/** One of each. */
export interface Pair<T> {
  readonly system: T;
  readonly baseline: T;
}

/**
 * The system or its baseline: both answer the same requests, asked by the same client.
 */
export type Target = Client<keyof Pair<unknown>>;
