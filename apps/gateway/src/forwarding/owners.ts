import { type FastifyReply, type FastifyRequest } from 'fastify';
import { askForChanges } from '#changes';
import { type Changes } from '#contracts';
import { addressOf, clientAddressHeader } from '#http-server';
import { type ServiceTokens } from '#identity';
import { Problem } from '#problem';
import { forward, type Upstream, type UpstreamAnswer, type UpstreamRequest } from '#upstream';

/**
 * Forwards requests, with the caller's own token, to the service that owns the resource.
 * The owner validates and decides, since 404 and 403 come before 422, and only the owner
 * knows them (docs/adr/0002).
 */
export class Owner {
  /** @param publicPath below which callers reach what this has made */
  constructor(
    protected readonly upstream: Upstream,
    private readonly publicPath: string,
  ) {}

  /** Answers as the owner does, or with the problem that was met on the way to it. */
  forward(request: FastifyRequest, reply: FastifyReply): void {
    this.ask(request)
      .then((answer) => {
        pass(answer, reply);
      })
      .catch((error: unknown) => {
        void reply.send(error);
      });
  }

  /**
   * Like {@link forward}, but returns the answer instead of sending it.
   * @param path where another one than the request's own is asked
   */
  async ask(request: FastifyRequest, path = pathOf(request)): Promise<UpstreamAnswer> {
    const answer = await forward(this.upstream, {
      // A HEAD is answered by what a GET would get; the server leaves the body
      // out, and says how long it is.
      method: (request.method === 'HEAD' ? 'GET' : request.method) as UpstreamRequest['method'],
      path,
      headers: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : undefined,
      extra: { 'x-request-id': request.id, [clientAddressHeader]: addressOf(request) },
    });
    const { location } = answer.headers;
    if (typeof location !== 'string' || this.publicPath === '') return answer;
    return { ...answer, headers: { ...answer.headers, location: this.publicPath + location } };
  }

  /** Rejects when no replica can be reached. */
  async reach(): Promise<void> {
    await this.look();
  }

  /**
   * The time of day at a replica, in milliseconds since 1970, cut off to a second.
   * Rejects when there is none to be had.
   */
  async time(): Promise<number> {
    const { headers } = await this.look();
    const time = Date.parse(String(headers.date));
    if (Number.isNaN(time)) throw new Error('the answer has no date');
    return time;
  }

  close(): Promise<void> {
    return this.upstream.close();
  }

  private look(): Promise<UpstreamAnswer> {
    return this.upstream.request({ method: 'GET', path: '/livez', headers: {} });
  }
}

/** One class for each owner, so that each can be injected by its type. */
export class TicketsOwner extends Owner {
  /** What has changed, for the live streams; asked by the gateway itself. */
  changes(after: string | undefined, tokens: ServiceTokens): Promise<Changes> {
    return askForChanges(this.upstream, tokens, after);
  }
}
export class CredentialsOwner extends Owner {}

/** Sends an owner's answer to the caller. */
export function pass({ status, headers, body }: UpstreamAnswer, reply: FastifyReply): void {
  void reply.code(status).headers(headers).send(body);
}

/**
 * The path of the route with its decoded parameters encoded again: whatever tricks the
 * caller's spelling had, the owner sees one.
 */
export function pathOf({
  routeOptions,
  params,
  url,
}: Pick<FastifyRequest, 'params' | 'url'> & { routeOptions: { url?: string } }): string {
  const values = params as Record<string, string>;
  const path = partsOf(routeOptions.url ?? '').reduce(
    (before, part, at) => before + (at % 2 === 0 ? part : segment(values[part] ?? '')),
  );
  const query = url.indexOf('?');
  return query === -1 ? path : path + url.slice(query);
}

const parts = new Map<string, readonly string[]>();

/** Of a route's pattern: what stands between its parameters, and by turns their names. */
function partsOf(pattern: string): readonly string[] {
  const known = parts.get(pattern) ?? pattern.split(/:(\w+)/);
  parts.set(pattern, known);
  return known;
}

/**
 * `.` and `..` stay what they are when encoded, and whatever normalises
 * the path would climb by them.
 */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new Problem('not-found');
  return encodeURIComponent(value);
}
