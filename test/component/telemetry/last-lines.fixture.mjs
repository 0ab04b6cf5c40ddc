/**
 * Logs while every thread that could write beside the program is busy (the
 * test allows one), and ends.
 */
import { pbkdf2 } from 'node:crypto';
import { createLogger } from '#telemetry';

const log = createLogger({ service: 'test' });
pbkdf2('', '', 500_000, 64, 'sha512', () => undefined);
log.info('stopping');
log.info('stopped');
process.exit(0);
