/** Logs, and is killed before anything else can happen. */
import { createLogger } from '#telemetry';

const log = createLogger({ service: 'test' });
log.info('began');
log.warn('in trouble');
process.kill(process.pid, 'SIGKILL');
