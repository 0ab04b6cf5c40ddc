import { isIP } from 'node:net';
import { readChangesSeconds } from '#changes';
import { type EnvironmentReader, readBrokerUrl } from '#config';
import { readServerConfig, type ServerConfig } from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { readUpstreamConfig, type UpstreamConfig } from '#upstream';
import { type PublicUrl, readPublicUrl } from './public-url.js';
import { readSignIn, type SignIn } from './page/sign-in.js';

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly publicUrl: PublicUrl;
  readonly identity: IdentityConfig;
  /** How people sign in to the page. */
  readonly signIn: SignIn;
  /** Origins beside the issuer's that the page may call, for an issuer whose token endpoint is elsewhere. */
  readonly webOrigins: readonly string[];
  readonly tickets: UpstreamConfig;
  readonly credentials: UpstreamConfig;
  /** The broker whose events feed the live streams. */
  readonly rabbitmqUrl: string;
  /** How often `tickets` is asked what has changed; 0 for never. */
  readonly changesSeconds: number;
  /** Origins whose pages may call the API; none by default. */
  readonly corsOrigins: readonly string[];
  /** Whose `X-Forwarded-For` is trusted: `true`, `false`, or addresses and networks, comma-separated. */
  readonly trustProxy: boolean | string;
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
    trustProxy: readTrustProxy(read),
    addressLimit: read.integer('RATE_LIMIT_PER_ADDRESS', { default: 600, max: 10_000_000 }),
    documented: read.oneOf('DOCS', ['on', 'off'], { default: 'on' }) === 'on',
  };
}

function readOrigins(read: EnvironmentReader, variable: string): readonly string[] {
  const origins = read.list(variable, { default: [] });
  const valid = origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin);
  return valid ? origins : read.fault(variable, 'must be origins, such as https://desk.example', []);
}

const networkNames = ['loopback', 'linklocal', 'uniquelocal'];

function readTrustProxy(read: EnvironmentReader): boolean | string {
  const networks = read.list('TRUST_PROXY', { default: ['false'] });
  const [only] = networks;
  if (networks.length === 1 && (only === 'true' || only === 'false')) return only === 'true';
  return networks.every(isNetwork)
    ? networks.join(',')
    : read.fault('TRUST_PROXY', `must be true, false, or addresses, networks (10.0.0.0/8) and ${networkNames.join(', ')}`, false);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix] = text.split('/');
  const version = isIP(address);
  if (prefix === undefined) return version !== 0 || networkNames.includes(text);
  return version !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}
