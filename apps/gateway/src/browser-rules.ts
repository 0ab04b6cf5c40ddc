import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { type FastifyInstance } from 'fastify';

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

/**
 * What browsers are told with every answer: strict rules, and which pages
 * of other origins may call.
 */
export async function tellBrowsers(
  fastify: FastifyInstance,
  { hsts, corsOrigins }: BrowserRules,
): Promise<void> {
  const strictTransportSecurity = hsts !== 'off' && {
    maxAge: yearInSeconds,
    includeSubDomains: hsts === 'subdomains',
  };
  await fastify.register(helmet, { contentSecurityPolicy, strictTransportSecurity });
  if (corsOrigins.length === 0) return;
  const methods = ['GET', 'POST', 'PATCH', 'DELETE'];
  await fastify.register(cors, {
    origin: [...corsOrigins],
    methods,
    exposedHeaders,
    maxAge: preflightMaxAge,
  });
}
