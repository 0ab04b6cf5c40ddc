import { inSource } from './source-place.js';

/**
 * Everything that a log line may carry beside its event. An allow-list: what is not named
 * here is dropped, also at run time, so that no request body, header or row can get into
 * a log by being passed along.
 */
export interface LogFields {
  readonly actorId?: string;
  readonly attempt?: number;
  /** Name of a readiness check, a background task or a metric. */
  readonly check?: string;
  /** The name of a claim of tokens, never its value. */
  readonly claim?: string;
  /** A problem code, an errno, an SQLSTATE. */
  readonly code?: string;
  readonly count?: number;
  readonly credentialId?: string;
  readonly delayMs?: number;
  readonly durationMs?: number;
  /** Logged as its name, code and stack frames; see {@link describeError}. */
  readonly error?: unknown;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly exchange?: string;
  readonly host?: string;
  readonly keyId?: string;
  readonly method?: string;
  /** Of a clock, ahead of the right time; negative where it is behind. */
  readonly offsetMs?: number;
  readonly phase?: number;
  readonly port?: number;
  readonly queue?: string;
  /** One of a closed list: why a token was refused. */
  readonly reason?: string;
  readonly receiptId?: string;
  readonly requestId?: string;
  /** The pattern of the route, never the path with its values. */
  readonly route?: string;
  /** Another service, or a host of it. */
  readonly peer?: string;
  readonly status?: number;
  /** Text of the framework or of a configuration fault; never input. */
  readonly text?: string;
  readonly ticketId?: string;
  readonly version?: number;
}

const allowed: Readonly<Record<keyof LogFields, true>> = {
  actorId: true,
  attempt: true,
  check: true,
  claim: true,
  code: true,
  count: true,
  credentialId: true,
  delayMs: true,
  durationMs: true,
  error: true,
  eventId: true,
  eventType: true,
  exchange: true,
  host: true,
  keyId: true,
  method: true,
  offsetMs: true,
  phase: true,
  port: true,
  queue: true,
  reason: true,
  receiptId: true,
  requestId: true,
  route: true,
  peer: true,
  status: true,
  text: true,
  ticketId: true,
  version: true,
};

const isAllowed = (name: string): name is keyof LogFields => Object.hasOwn(allowed, name);
const longest = 512;

/**
 * Keeps what is allowed: strings (cut at 512 characters), numbers,
 * and an error's description.
 */
export function pickFields(fields: LogFields): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    if (!isAllowed(name)) continue;
    const value = fields[name];
    if (name === 'error') {
      if (value !== undefined) picked.error = describeError(value);
    } else if (typeof value === 'string') picked[name] = value.slice(0, longest);
    else if (typeof value === 'number') picked[name] = value;
  }
  return picked;
}

/** Errors whose messages we write ourselves, so that they quote no input. */
const ownErrors = ['Problem', 'ConfigError', 'InvalidEventError'];
const deepestCause = 3;

/**
 * The loggable part of an error: its class, its code and where it was thrown. Not its
 * message: those of PostgreSQL and of JSON.parse quote the input.
 */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(ownErrors.includes(error.name) && { message: error.message }),
    frames: frames(error.stack),
    ...(error.cause !== undefined &&
      depth < deepestCause && { cause: describeError(error.cause, depth + 1) }),
  };
}

/**
 * The `at …` lines of a stack, without the message above them, which may have lines
 * that look like anything else.
 */
export const frames = (stack = ''): string[] =>
  stack
    .split('\n')
    .filter((line) =>
      /^\s+at (?:.+ \()?(?:node:|file:|\/|[A-Za-z]:\\)[^()]*:\d+:\d+\)?$/.test(line),
    )
    .map((line) => inSource(line.trim()));
