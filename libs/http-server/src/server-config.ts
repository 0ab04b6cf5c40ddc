import { type EnvironmentReader, readTlsConfig, type TlsConfig } from '#config';
import { type LogLevel, logLevels } from '#telemetry';
import { type MetricsPlace } from './metrics-server.js';

const defaultHost = '127.0.0.1';

/** What every service reads about where it listens. */
export interface ServerConfig {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Certificate of this service, and of who may call it; undefined is plain HTTP. */
  readonly tls: TlsConfig | undefined;
  readonly metrics: MetricsPlace;
}

export const readServerConfig = (
  read: EnvironmentReader,
  defaults: { readonly port: number },
): ServerConfig => ({
  host: read.text('HOST', { default: defaultHost }),
  port: read.integer('PORT', { default: defaults.port, max: 65_535 }),
  logLevel: read.oneOf('LOG_LEVEL', logLevels, { default: 'info' }),
  tls: readTlsConfig(read),
  metrics: readMetricsPlace(read),
});

function readMetricsPlace(read: EnvironmentReader): MetricsPlace {
  if (read.oneOf('METRICS', ['on', 'off'], { default: 'on' }) === 'off') return 'nowhere';
  if (read.optional('METRICS_PORT') === undefined) return 'beside';
  return {
    host: read.text('HOST', { default: defaultHost }),
    port: read.integer('METRICS_PORT', { max: 65_535 }),
  };
}
