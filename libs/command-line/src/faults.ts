import { types } from 'node:util';

/** Wrong usage: exit code 2, and the usage is printed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command failed: exit code 1. The message is for the operator. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Names of users and passwords, in any URL that a library may have put into its message.
 */
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi;

/**
 * What to tell an operator of an error: its message alone, without a
 * stack, and without passwords.
 */
export function explain(error: unknown): string {
  if (!types.isNativeError(error)) return 'for an unknown reason';
  const { errors = [] } = error as Partial<AggregateError>;
  // Node reports a refused connection to several addresses as an
  // aggregate without a message.
  const text =
    error.message ||
    errors.map((inner) => (types.isNativeError(inner) ? inner.message : '')).join(', ') ||
    error.name;
  return text.replaceAll(credentials, '$1');
}
