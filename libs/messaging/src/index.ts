export { BrokerConnection, type BrokerConnectionOptions } from './broker-connection.js';
export { ConfirmedPublisher, type ConfirmedPublisherOptions, type OutgoingMessage } from './confirmed-publisher.js';
export { BrokerUnavailableError, PublishError } from './errors.js';
export { type MessagingLog, type MessagingLogFields } from './messaging-log.js';
export { done, type Outcome, reject, retry, unavailable } from './outcome.js';
export { RabbitContext } from './rabbit-context.js';
export { RabbitTransport, type RabbitTransportOptions } from './rabbit-transport.js';
export { type Binding, deadQueue, retryQueue } from './topology.js';
