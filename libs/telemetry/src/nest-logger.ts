import { type LoggerService } from '@nestjs/common';
import { frames } from './fields.js';
import { type Log } from './logger.js';

/**
 * Writes Nest's messages to our log. Informational ones become debug lines; of errors
 * only the stack is kept, since their text may quote input.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('framework', facts(message, rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('framework', facts(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('framework', facts(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn('framework warning', facts(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error('framework error', {
      check: context(rest),
      error: message instanceof Error ? message : placed(rest[0]),
    });
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

const context = (rest: readonly unknown[]): string => {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : 'nest';
};

const facts = (message: unknown, rest: readonly unknown[]) => ({
  check: context(rest),
  ...(typeof message === 'string' && { text: message }),
});

/** An error made only of the stack frames that Nest passes as text. */
function placed(stack: unknown): Error {
  const error = new Error('framework');
  error.stack =
    typeof stack === 'string'
      ? frames(stack)
          .map((frame) => `    ${frame}`)
          .join('\n')
      : '';
  return error;
}
