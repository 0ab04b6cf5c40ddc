import { type EnvironmentReader } from '#config';
import { readServerConfig, type ServerConfig } from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { readUpstreamConfig, type UpstreamConfig } from '#upstream';

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly identity: IdentityConfig;
  readonly tickets: UpstreamConfig;
  readonly credentials: UpstreamConfig;
  /** Origins whose pages may call the API; none by default. */
  readonly corsOrigins: readonly string[];
  /** Whose `X-Forwarded-For` is believed: `true`, `false`, or addresses and networks, comma-separated. */
  readonly trustProxy: boolean | string;
  /** Requests that one address may make in a minute, in this process; 0 is no limit. */
  readonly addressLimit: number;
}

export function readGatewayConfig(read: EnvironmentReader): GatewayConfig {
  const server = readServerConfig(read, { port: 3000 });
  const proxy = read.text('TRUST_PROXY', { default: 'false' });
  return {
    server,
    identity: readIdentityConfig(read, false),
    tickets: readUpstreamConfig(read, 'TICKETS_URL', 'tickets', server.tls),
    credentials: readUpstreamConfig(read, 'CREDENTIALS_URL', 'credentials', server.tls),
    corsOrigins: read.list('CORS_ORIGINS', { default: [] }),
    trustProxy: proxy === 'true' || proxy === 'false' ? proxy === 'true' : proxy,
    addressLimit: read.integer('RATE_LIMIT_PER_ADDRESS', { default: 600, max: 10_000_000 }),
  };
}
