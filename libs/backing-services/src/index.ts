export { consume } from './consume.js';
export { databaseClock } from './database-clock.js';
export { DatabaseModule } from './database.module.js';
export { EventsModule } from './events.module.js';
export { inBatches } from './in-batches.js';
export { given, provide } from './provide.js';
