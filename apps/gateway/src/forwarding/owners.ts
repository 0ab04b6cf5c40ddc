import { type FastifyReply, type FastifyRequest } from 'fastify';
import { clientAddressHeader } from '#http-server';
import { forward, type Upstream, type UpstreamRequest } from '#upstream';

/**
 * Hands requests to the service that owns what they are about, with the caller's own token. The owner validates and decides, since 404
 * and 403 come before 422, and only the owner knows them (docs/adr/0002).
 */
class Owner {
  constructor(private readonly upstream: Upstream) {}

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const answer = await forward(this.upstream, {
      method: request.method as UpstreamRequest['method'],
      path: pathOf(request),
      headers: request.headers,
      body: Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined,
      extra: { 'x-request-id': request.id, [clientAddressHeader]: request.ip },
    });
    await reply.status(answer.status).headers(answer.headers).send(answer.body);
  }

  close(): Promise<void> {
    return this.upstream.close();
  }
}

/** One class for each owner, so that each can be injected by its type. */
export class TicketsOwner extends Owner {}
export class CredentialsOwner extends Owner {}

/** The path of the route with its decoded parameters encoded again: whatever tricks the caller's spelling had, the owner sees one. */
export function pathOf({ routeOptions, params, url }: Pick<FastifyRequest, 'params' | 'url'> & { routeOptions: { url?: string } }): string {
  const values = params as Record<string, string>;
  const path = (routeOptions.url ?? '').replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const query = url.indexOf('?');
  return query === -1 ? path : path + url.slice(query);
}
