export { type LogFields } from './fields.js';
export { flushTraces } from './flush-traces.js';
export { createLogger, Log, type LogLevel, logLevels, silentLog } from './logger.js';
export { Metrics, type Tally } from './metrics.js';
export { NestLogger } from './nest-logger.js';
export { NotReadyError, Readiness } from './readiness.js';
