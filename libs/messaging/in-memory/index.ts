export { InMemoryBroker } from './in-memory-broker.js';
export { InMemoryPublisher } from './in-memory-publisher.js';
export { InMemoryTransport, type InMemoryTransportOptions } from './in-memory-transport.js';
