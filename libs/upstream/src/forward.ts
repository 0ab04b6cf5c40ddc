import { type IncomingHttpHeaders } from 'node:http';
import { trace } from '@opentelemetry/api';
import { type UpstreamAnswer } from './exchange.js';
import { type Upstream, type UpstreamRequest } from './upstream.js';

/** The headers of a caller's request that are forwarded; all others are dropped. */
const requestHeaders = [
  'authorization',
  'content-type',
  'content-encoding',
  'if-match',
  'idempotency-key',
] as const;
/** The same, with those of a trace. */
const tracedHeaders = [...requestHeaders, 'traceparent', 'tracestate'] as const;
/** The headers of the answer that are passed to the caller. */
const answerHeaders = [
  'content-type',
  'etag',
  'location',
  'retry-after',
  'cache-control',
  'www-authenticate',
  'x-ticket-doubted',
] as const;

export interface Forwarded {
  readonly method: UpstreamRequest['method'];
  readonly path: string;
  /** As the caller sent them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | undefined;
  /** Headers that we add. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * Forwards a caller's request and returns the answer, both unchanged except for headers
 * that are not listed above.
 */
export async function forward(
  upstream: Upstream,
  { method, path, headers, body, extra }: Forwarded,
): Promise<UpstreamAnswer> {
  // Where tracing is on, its instrumentation writes these itself.
  const names = trace.getActiveSpan() === undefined ? tracedHeaders : requestHeaders;
  const answer = await upstream.request({
    method,
    path,
    body,
    headers: Object.assign(pick(headers, names), extra),
  });
  return { status: answer.status, headers: pick(answer.headers, answerHeaders), body: answer.body };
}

function pick(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  names: readonly string[],
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') picked[name] = value;
  }
  return picked;
}
