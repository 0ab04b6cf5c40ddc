/** By the names and in the units of `pg_settings`. */
export type SessionSettings = Readonly<Record<string, string>>;

/**
 * What our statements, and the reading of their results, depend on, whatever server,
 * database and role are set to. Not here: `default_transaction_read_only`, which is a
 * reason to be not ready, and `synchronous_commit`, which is the operator's choice.
 */
export const readingSettings: SessionSettings = {
  // The driver reads a time in no other form than ISO: it takes it for null.
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  search_path: '"$user", public',
  // So that no transaction pays a statement for it.
  default_transaction_isolation: 'read committed',
};

/**
 * @param statementTimeout milliseconds; 0 is no limit, and leaves the
 *   waiting for locks as it is set
 */
export const timeLimits = (statementTimeout: number): SessionSettings => ({
  statement_timeout: String(statementTimeout),
  idle_in_transaction_session_timeout: String(statementTimeout),
  ...(statementTimeout > 0 && { lock_timeout: '0' }),
});

/**
 * The longest that a statement of a service may take, in milliseconds, and the longest
 * that it leaves a transaction idle.
 */
export const serviceTimeout = 10_000;

/**
 * How long to wait for an answer, in milliseconds. The server ends each statement before,
 * so whoever says nothing for so long is not there: a firewall may have dropped the
 * connection, and TCP goes on trying for a quarter of an hour.
 */
export const longestSilence = 2 * serviceTimeout;

/**
 * What the service's role is set to in its database, for connections that a pooler makes.
 */
export const roleSettings: SessionSettings = { ...readingSettings, ...timeLimits(serviceTimeout) };

/**
 * PgBouncer keeps these for each of its clients, on whichever connection to the
 * server a transaction runs.
 */
export const keptByPoolers: readonly string[] = [
  'DateStyle',
  'TimeZone',
  'standard_conforming_strings',
];
