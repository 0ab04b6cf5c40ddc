import { type EnvironmentReader } from '#config';
import { readServerConfig, type ServerConfig } from '#http-server';
import { type IdentityConfig, readIdentityConfig } from '#identity';
import { databaseProtocols } from '#postgres';

export interface TicketsConfig {
  readonly server: ServerConfig;
  readonly identity: IdentityConfig;
  /** Of the service's restricted role. */
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
}

export const readTicketsConfig = (read: EnvironmentReader): TicketsConfig => ({
  server: readServerConfig(read, { port: 3001 }),
  identity: readIdentityConfig(read, false),
  databaseUrl: read.secretUrl('TICKETS_DATABASE_URL', databaseProtocols),
  rabbitmqUrl: read.secretUrl('RABBITMQ_URL', ['amqp:', 'amqps:']),
});
