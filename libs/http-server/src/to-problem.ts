import { HttpException } from '@nestjs/common';
import { Problem, type ProblemCode } from '#problem';

/**
 * Recognises errors of a dependency (database, broker) that mean "try again later".
 * Returns undefined for any other error.
 */
export type ErrorClassifier = (error: unknown) => Problem | undefined;

/**
 * Problems for requests that the framework refused. Its own texts are not
 * used: some quote the input.
 */
const byStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  408: 'malformed',
  413: 'too-large',
  414: 'not-found',
  415: 'unsupported-media-type',
  422: 'invalid',
  429: 'rate-limited',
  431: 'headers-too-large',
};

/**
 * The only place where errors become answers. An unexpected error is `internal`,
 * with the error as its cause.
 */
export function toProblem(error: unknown, classify?: ErrorClassifier): Problem {
  const own = findProblem(error);
  if (own !== undefined) return own;
  const code = byStatus[statusOf(error)];
  if (code !== undefined) return new Problem(code, undefined, { cause: error });
  return classify?.(error) ?? new Problem('internal', undefined, { cause: error });
}

/** A Problem may be wrapped, by the framework or as a cause. */
function findProblem(error: unknown): Problem | undefined {
  let current = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    if (current instanceof Problem) return current;
    current = current.cause;
  }
  return undefined;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  return typeof statusCode === 'number' && typeof code === 'string' && code.startsWith('FST_')
    ? statusCode
    : 500;
}
