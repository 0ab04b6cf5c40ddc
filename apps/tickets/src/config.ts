import { type EnvironmentReader, readBrokerUrl } from '#config';
import { readServerConfig, type ServerConfig } from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { readDatabaseUrl } from '#postgres';
import { Homes } from './domain/homes.js';
import { parseHomes } from './domain/parse-homes.js';

export interface TicketsConfig {
  readonly server: ServerConfig;
  readonly identity: IdentityConfig;
  /** Of the service's restricted role. */
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  /** The other services whose tickets are mirrored here. */
  readonly homes: Homes;
}

export const readTicketsConfig = (read: EnvironmentReader): TicketsConfig => ({
  server: readServerConfig(read, { port: 3001 }),
  identity: readIdentityConfig(read, 'none'),
  databaseUrl: readDatabaseUrl(read, 'TICKETS_DATABASE_URL'),
  rabbitmqUrl: readBrokerUrl(read),
  homes: read.json('HELPDESK_HOMES', parseHomes, { default: new Homes([]) }),
});
