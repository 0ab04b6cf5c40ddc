export { answerOf, questioned } from './answers.js';
export { BroadcastListener } from './broadcast-listener.js';
export { BrokerConnection } from './broker-connection.js';
export { ConfirmedPublisher, type OutgoingMessage } from './confirmed-publisher.js';
export { BrokerLockedError } from './broker-lock.js';
export { type DeadLetter } from './dead-letter.js';
export { type HeldDeadLetter, DeadLetters } from './dead-letters.js';
export { BrokerUnavailableError, PublishError, UnroutableError } from './errors.js';
export { anyType, EventOf } from './event-of.js';
export { type MessagingLog } from './messaging-log.js';
export {
  type ConsumeResult,
  type MessagingMetrics,
  type PublishResult,
} from './messaging-metrics.js';
export { done, type Outcome, reject, retry, unavailable } from './outcome.js';
export { RabbitContext } from './rabbit-context.js';
export { RabbitTransport, type RabbitTransportOptions } from './rabbit-transport.js';
export { type Binding, deadQueue, retryQueue, routesExchange } from './topology.js';
