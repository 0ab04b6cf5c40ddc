export { append, appending, type CausedEvent, type OutboxEvent } from './append.js';
export { type Batch, type Outbox } from './outbox.js';
export { outboxSchema } from './outbox-schema.js';
export { OutboxRelay, type OutboxRelayOptions } from './outbox-relay.js';
export { type OutboxLog, type OutboxMessage, type OutboxStats, type Publish } from './ports.js';
export { SqlOutbox } from './sql-outbox.js';
export { traceHeaders } from './trace-headers.js';
