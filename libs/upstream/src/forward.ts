import { type IncomingHttpHeaders } from 'node:http';
import { trace } from '@opentelemetry/api';
import { type Upstream, type UpstreamAnswer, type UpstreamRequest } from './upstream.js';

/** The headers of a caller's request that are forwarded; all others are dropped. */
const requestHeaders = [
  'authorization',
  'content-type',
  'content-encoding',
  'if-match',
  'idempotency-key',
] as const;
const traceHeaders = ['traceparent', 'tracestate'] as const;
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
  const traced = trace.getActiveSpan() === undefined ? traceHeaders : [];
  const answer = await upstream.request({
    method,
    path,
    body,
    headers: { ...pick(headers, [...requestHeaders, ...traced]), ...extra },
  });
  return { ...answer, headers: pick(answer.headers, answerHeaders) };
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
