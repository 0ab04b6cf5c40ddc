import { type Outcome } from './outcome.js';

/**
 * - `confirmed`: the broker has it.
 * - `returned`: no queue takes it.
 * - `failed`: refused, or not confirmed in time.
 * - `away`: there was no broker to send it to.
 */
export type PublishResult = 'confirmed' | 'returned' | 'failed' | 'away';

/**
 * `ignored`: no handler for its type. `dead`: the last `retry` or a
 * `reject`, kept as a dead letter.
 */
export type ConsumeResult = Outcome['kind'] | 'ignored';

/**
 * What messaging counts. Names become labels: there are few of each, and
 * none comes from a message.
 */
export interface MessagingMetrics {
  /** A gauge: 1 while all connections to the broker are up. */
  connected(up: boolean): void;
  /** A gauge: 1 while the broker takes no messages. */
  blocked(is: boolean): void;
  published(exchange: string, result: PublishResult): void;
  /** @param seconds from the delivery to the outcome */
  consumed(queue: string, result: ConsumeResult, seconds: number): void;
  deadLettered(queue: string): void;
}

const nothing = (): void => undefined;

export const noMetrics: MessagingMetrics = {
  connected: nothing,
  blocked: nothing,
  published: nothing,
  consumed: nothing,
  deadLettered: nothing,
};
