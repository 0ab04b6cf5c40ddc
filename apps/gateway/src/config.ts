import { readChangesSeconds } from '#changes';
import { type EnvironmentReader, readBrokerUrl } from '#config';
import {
  readServerConfig,
  readTrustedProxies,
  type ServerConfig,
  type TrustedProxies,
} from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { readUpstreamConfig, type UpstreamConfig } from '#upstream';
import { hstsScopes, type HstsScope } from './browser-rules.js';
import { type PublicUrl, readPublicUrl } from './public-url.js';
import { readSignIn, type SignIn } from './page/sign-in.js';

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly publicUrl: PublicUrl;
  readonly identity: IdentityConfig;
  /** How people sign in to the page. */
  readonly signIn: SignIn;
  /**
   * Origins beside the issuer's that the page may call, for an issuer whose
   * token endpoint is elsewhere.
   */
  readonly webOrigins: readonly string[];
  readonly tickets: UpstreamConfig;
  readonly credentials: UpstreamConfig;
  /** The broker whose events feed the live streams. */
  readonly rabbitmqUrl: string;
  /** How often `tickets` is asked what has changed; 0 for never. */
  readonly changesSeconds: number;
  /** Origins whose pages may call the API; none by default. */
  readonly corsOrigins: readonly string[];
  readonly hsts: HstsScope;
  readonly trustedProxies: TrustedProxies;
  /** Requests that one address may make in a minute, in this process; 0 is no limit. */
  readonly addressLimit: number;
  /** Whether `/docs` and `/openapi.json` are shown. */
  readonly documented: boolean;
}

export function readGatewayConfig(read: EnvironmentReader): GatewayConfig {
  const server = readServerConfig(read, { port: 3000 });
  const identity = readIdentityConfig(read, 'optional');
  return {
    server,
    publicUrl: readPublicUrl(read),
    identity,
    signIn: readSignIn(read, identity),
    webOrigins: readOrigins(read, 'AUTH_WEB_ORIGINS'),
    tickets: readUpstreamConfig(read, 'TICKETS_URL', 'tickets', server.tls),
    credentials: readUpstreamConfig(read, 'CREDENTIALS_URL', 'credentials', server.tls),
    rabbitmqUrl: readBrokerUrl(read),
    changesSeconds: readChangesSeconds(read),
    corsOrigins: readOrigins(read, 'CORS_ORIGINS'),
    hsts: read.oneOf('HSTS', hstsScopes, { default: 'host' }),
    trustedProxies: readTrustedProxies(read),
    addressLimit: read.integer('RATE_LIMIT_PER_ADDRESS', { default: 600, max: 10_000_000 }),
    documented: read.oneOf('DOCS', ['on', 'off'], { default: 'on' }) === 'on',
  };
}

function readOrigins(read: EnvironmentReader, variable: string): readonly string[] {
  const origins = read.list(variable, { default: [] });
  const valid = origins.every(
    (origin) => URL.canParse(origin) && new URL(origin).origin === origin,
  );
  return valid
    ? origins
    : read.fault(variable, 'must be origins, such as https://desk.example', []);
}
