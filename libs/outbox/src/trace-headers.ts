import { randomBytes } from 'node:crypto';
import { context, propagation } from '@opentelemetry/api';

/**
 * W3C Trace Context (https://www.w3.org/TR/trace-context/) of what caused an event. Where
 * no trace is under way, as with tracing off, one begins here that is marked as not
 * recorded (flags 00), so that a consumer always finds one to continue.
 */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-00`, ...headers };
}

const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
