import { Problem } from '#problem';

/** Connection failures that node and its DNS resolver report. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** There was no answer in time. It counts as an outage. */
export class DatabaseSilentError extends Error {
  override readonly name = 'DatabaseSilentError';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('the database has not answered');
  }
}

/**
 * SQLSTATE classes 08 connection exception, 53 insufficient resources (too many
 * connections, disk full), 57 operator intervention (shutdown, crash, starting up,
 * timeout), and 25006, what a former primary answers to a write.
 */
const unavailableState = /^(08...|53...|57...|25006)$/;

/** pg and its pool report these without a code. */
const unavailableMessage =
  /^(Connection terminated|Database connection provided by a query runner was already released|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

interface Facts {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/**
 * Whether the database as a whole is unavailable, so that a later retry may help. Looks
 * through TypeORM's wrapper, causes and AggregateErrors.
 */
export const isDatabaseUnavailable = (error: unknown): boolean => anywhere(error, isUnavailability);

/**
 * Whether no message can be handled until the database is back. A statement
 * timeout (57014) does not mean that: the lock that one message waits for
 * need not concern the next.
 */
export const isDatabaseAway = (error: unknown): boolean =>
  isDatabaseUnavailable(error) && !anywhere(error, ({ code }) => code === '57014');

/**
 * For the edge of a service: an outage of its database is 503, with `Retry-After`;
 * undefined for any other error.
 */
export const databaseOutage = (error: unknown): Problem | undefined =>
  isDatabaseUnavailable(error)
    ? new Problem('unavailable', undefined, { cause: error, headers: { 'retry-after': '5' } })
    : undefined;

/** SQLSTATE 55P03: a lock was not to be had, in time or at once. */
export const isLockTimeout = (error: unknown): boolean =>
  anywhere(error, ({ code }) => code === '55P03');

/** SQLSTATE 23505. @param constraint its name; any if left out */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  violates(error, '23505', constraint);

/** SQLSTATE 23503. @param constraint its name; any if left out */
export const isForeignKeyViolation = (error: unknown, constraint?: string): boolean =>
  violates(error, '23503', constraint);

function isUnavailability({ code, message }: Facts): boolean {
  if (typeof code === 'string') return networkCodes.has(code) || unavailableState.test(code);
  return typeof message === 'string' && unavailableMessage.test(message);
}

const violates = (error: unknown, state: string, constraint: string | undefined): boolean =>
  anywhere(
    error,
    (facts) =>
      facts.code === state &&
      (constraint === undefined || (facts as { constraint?: unknown }).constraint === constraint),
  );

function anywhere(error: unknown, test: (facts: Facts) => boolean, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const facts = error as Facts;
  if (test(facts)) return true;
  const inner = Array.isArray(facts.errors) ? (facts.errors as unknown[]) : [];
  return [facts.driverError, facts.cause, ...inner].some((next) => anywhere(next, test, depth + 1));
}
