export { consume, type Consumer } from './consume.js';
export { databaseClock } from './database-clock.js';
export { DatabaseModule } from './database.module.js';
export { EventsModule, type EventsOptions } from './events.module.js';
export { given, provide } from './provide.js';
