import { type components } from './schema.js';

export type ProblemDocument = components['schemas']['ProblemResponse'];
/**
 * The API's stable codes, and two of the page: `unreachable` (no answer), and
 * `sign-in-time-unknown` (signing in again would not help, since the issuer's tokens
 * have no auth_time).
 */
export type ApiProblemCode = ProblemDocument['code'] | 'unreachable' | 'sign-in-time-unknown';

/** A fault of one field: `detail` is English, `code` is for translations. */
export interface FieldFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A failed call: an error answer, or none. It contains nothing that was sent. */
export class ApiProblem extends Error {
  constructor(
    readonly code: ApiProblemCode,
    /** The HTTP status; 0 if there was no answer. */
    readonly status: number,
    readonly detail: string,
    /** Finds the request in the services' logs. */
    readonly requestId: string | undefined,
    readonly errors: readonly FieldFault[] = [],
    /** Seconds to wait before the next attempt, if the answer said so. */
    readonly retryAfter?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ApiProblem';
  }

  /** The fault of one field of the body, by its name. */
  faultOf(field: string): FieldFault | undefined {
    return this.errors.find(({ pointer }) => pointer === `/${field}`);
  }
}

/** An ApiProblem as it is; any other error of a call means that there was no answer. */
export function toProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem
    ? thrown
    : new ApiProblem('unreachable', 0, 'There was no answer', undefined);
}

/** Reads an error answer. One without a problem document comes from a proxy. */
export function problemOf(response: Response, body: unknown): ApiProblem {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const { code, detail, requestId, errors } = isProblem(body) ? body : unknown(response.status);
  return new ApiProblem(
    code,
    response.status,
    detail,
    requestId,
    errors,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

const isProblem = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  'detail' in body &&
  typeof body.code === 'string';

function unknown(
  status: number,
): Pick<ProblemDocument, 'code' | 'detail' | 'errors'> & { requestId?: string } {
  const code =
    status === 401
      ? 'unauthenticated'
      : status === 429
        ? 'rate-limited'
        : status >= 500
          ? 'unavailable'
          : 'internal';
  return { code, detail: `The answer was ${status}` };
}
