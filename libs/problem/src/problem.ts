/**
 * Every problem code, with its HTTP status and title (docs/contract.md, "Answers"). The
 * codes are stable; the texts are not.
 */
export const problems = {
  unauthenticated: [401, 'A valid token is needed'],
  'rate-limited': [429, 'Too many requests'],
  malformed: [400, 'The request cannot be read'],
  'too-large': [413, 'The body is too large'],
  'headers-too-large': [431, 'The headers are too large'],
  'unsupported-media-type': [415, 'The body must be JSON'],
  'not-found': [404, 'Not found'],
  forbidden: [403, 'Not allowed'],
  invalid: [422, 'The request has invalid fields'],
  'immutable-field': [422, 'This field cannot be changed'],
  'idempotency-conflict': [422, 'This Idempotency-Key was used with another body'],
  'precondition-required': [428, 'If-Match is needed'],
  stale: [412, 'Somebody else was faster'],
  'ticket-ended': [409, 'The ticket has ended'],
  'closed-is-final': [409, 'A closed ticket stays closed'],
  'owned-by-home': [409, 'The status of this ticket is set by its home'],
  'too-many': [409, 'Too many'],
  'standing-unknown': [503, 'The standing of the ticket is unknown at the moment'],
  unavailable: [503, 'Not available at the moment'],
  internal: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/**
 * What can be wrong with a field: what its rule demands, or `invalid` for a parameter or
 * header that is none of those accepted. Stable.
 */
export const faultCodes = [
  'required',
  'unknown',
  'immutable',
  'object',
  'text',
  'link',
  'status',
  'integer',
  'invalid',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/**
 * One faulty field. `pointer` is a JSON pointer (RFC 6901) into the body, or the name of
 * a query parameter or header. Never a submitted value.
 */
export interface FieldFault {
  readonly pointer: string;
  readonly code: FaultCode;
  readonly detail: string;
}

interface Extras {
  readonly errors?: readonly FieldFault[];
  /** Response headers, such as `Retry-After` in seconds. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log only; never sent. */
  readonly cause?: unknown;
}

/**
 * An answer other than success. Thrown anywhere; only the HTTP
 * edge turns it into a response.
 */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldFault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string = problems[code][1],
    { errors, headers = {}, cause }: Extras = {},
  ) {
    super(`${code}: ${detail}`, { cause });
    this.name = 'Problem';
    this.status = problems[code][0];
    this.errors = errors;
    this.headers = headers;
  }
}

/** RFC 9457 `application/problem+json`. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldFault[];
}

export function toProblemDocument(problem: Problem, requestId: string): ProblemDocument {
  const { code, status, detail, errors } = problem;
  const type = `urn:private-credentials:problem:${code}`;
  return {
    type,
    title: problems[code][1],
    status,
    code,
    detail,
    requestId,
    ...(errors && { errors }),
  };
}
