import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from '@fastify/cors';
import { type FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/**
 * For whom a browser remembers that there is HTTPS: this host, its subdomains too, or
 * nobody, where a proxy in front says it.
 */
export const hstsScopes = ['host', 'subdomains', 'off'] as const;
export type HstsScope = (typeof hstsScopes)[number];

/**
 * Nothing is loaded, run or framed but what comes from here. The
 * page has a policy of its own.
 */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const yearInSeconds = 365 * 24 * 3600;
const exposedHeaders = ['ETag', 'Location', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'];
/** How long a browser need not ask again whether it may call, in seconds. */
const preflightMaxAge = 3600;

interface BrowserRules {
  readonly hsts: HstsScope;
  readonly corsOrigins: readonly string[];
}

/** Adds to every answer strict rules for browsers, and which other origins may call. */
export async function tellBrowsers(
  fastify: FastifyInstance,
  { hsts, corsOrigins }: BrowserRules,
): Promise<void> {
  const strictTransportSecurity = hsts !== 'off' && {
    maxAge: yearInSeconds,
    includeSubDomains: hsts === 'subdomains',
  };
  const strict = headersOf({ contentSecurityPolicy, strictTransportSecurity });
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(strict);
    done();
  });
  if (corsOrigins.length === 0) return;
  const methods = ['GET', 'POST', 'PATCH', 'DELETE'];
  await fastify.register(cors, {
    origin: [...corsOrigins],
    methods,
    exposedHeaders,
    maxAge: preflightMaxAge,
  });
}

/** What helmet has to say is the same of every answer, so it is asked once. */
function headersOf(options: HelmetOptions): OutgoingHttpHeaders {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error !== undefined) throw error as Error;
  });
  return response.getHeaders();
}
