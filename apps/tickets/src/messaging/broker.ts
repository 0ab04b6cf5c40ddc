import { type Publish } from '#outbox';

/** What the service needs of RabbitMQ. It may be away: HTTP answers do not wait for it, and the outbox keeps what it is owed. */
export interface Broker {
  /** Connects, and goes on trying in the background. */
  start(): void;
  /** Resolves when the broker has the message for good and has routed it to at least one queue. */
  readonly publish: Publish;
  /** Throws while there is no connection. */
  demandUp(): void;
  close(): Promise<void>;
}
