import { pino, type Level } from 'pino';
import { type LogFields, pickFields } from './fields.js';
import { type LogDestination, standardOutput } from './standard-output.js';

/**
 * Structured log: an event, which is a fixed text that can be searched for, and the facts
 * that {@link LogFields} allows. The class is the injection token.
 */
export abstract class Log {
  abstract debug(event: string, fields?: LogFields): void;
  abstract info(event: string, fields?: LogFields): void;
  abstract warn(event: string, fields?: LogFields): void;
  abstract error(event: string, fields?: LogFields): void;
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

interface LoggerOptions {
  readonly service: string;
  /** Default: info. */
  readonly level?: LogLevel;
  /** Default: standard output. */
  readonly destination?: LogDestination;
}

/** JSON lines with `time` in RFC 3339, `level` as a word, `service` and `event`. */
export function createLogger({
  service,
  level = 'info',
  destination = standardOutput(),
}: LoggerOptions): Log {
  const options = {
    level,
    base: { service },
    messageKey: 'event',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = pino(options, destination);
  const write =
    (at: Level, isUrgent = false) =>
    (event: string, fields: LogFields = {}): void => {
      if (!logger.isLevelEnabled(at)) return;
      logger[at](pickFields(fields), event);
      if (isUrgent) destination.flush?.();
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn', true),
    error: write('error', true),
  };
}

/** For tests, and wherever no log is wanted. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {
  // on purpose
}
