import { type FastifyRequest } from 'fastify';
import { plainAddress } from './ip-address.js';

/**
 * The network address of whoever is calling, as far as the proxies that are trusted say
 * it, without port and brackets. Where the farthest of them wrote no address
 * (`unknown`), it is that of this proxy itself. Empty once the connection is gone.
 * Nobody else reads `request.ip`.
 */
export function addressOf(request: FastifyRequest): string {
  const addresses = (request.ips ?? [request.ip]).map(plainAddress);
  return addresses.findLast((address) => address !== undefined) ?? '';
}

/** The header in which the gateway passes the address of its caller. */
export const clientAddressHeader = 'x-client-address';

/**
 * The client's network address as the gateway reports it, else that of the
 * connection. For the access log, never for a decision: a caller that bypasses the
 * gateway can set the header freely.
 */
export function clientAddressOf(request: FastifyRequest): string {
  const reported = request.headers[clientAddressHeader];
  return (typeof reported === 'string' ? plainAddress(reported) : undefined) ?? addressOf(request);
}
