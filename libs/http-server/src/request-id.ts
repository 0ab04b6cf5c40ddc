import { type IncomingHttpHeaders } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const sane = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * The caller's `X-Request-Id` if it is safe for a log and a
 * header; otherwise a new UUIDv7.
 */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : uuidv7();
}
