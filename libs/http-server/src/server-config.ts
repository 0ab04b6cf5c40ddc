import { type EnvironmentReader, readTlsConfig, type TlsConfig } from '#config';
import { type LogLevel, logLevels } from '#telemetry';

/** What every service reads about its own door. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Certificate of this service, and of who may call it; undefined is plain HTTP. */
  readonly tls: TlsConfig | undefined;
}

export const readServerConfig = (read: EnvironmentReader, defaults: { readonly port: number }): ServerConfig => ({
  host: read.text('HOST', { default: '127.0.0.1' }),
  port: read.integer('PORT', { default: defaults.port, max: 65_535 }),
  logLevel: read.oneOf('LOG_LEVEL', logLevels, { default: 'info' }),
  tls: readTlsConfig(read),
});
