import { type EnvironmentReader, readSecureUrls, type TlsConfig } from '#config';

/** Another of our services, as one or more replicas. */
export interface UpstreamConfig {
  /** For the log and for faults: `tickets`. */
  readonly name: string;
  /** Base URLs; one name may stand for several hosts, and is looked up again every few seconds. */
  readonly urls: readonly URL[];
  /** Our certificate, and whose we believe; needed by https. */
  readonly tls: TlsConfig | undefined;
  /** Connections per host, default 64. */
  readonly connections?: number;
  /** The most that a host may take to accept a connection, default 1000 ms. */
  readonly connectTimeoutMs?: number;
  /** The most that a host may take to begin its answer, and between two parts of it, default 10,000 ms. */
  readonly answerTimeoutMs?: number;
}

/** Reads `variable`: one or more replicas, comma-separated. */
export const readUpstreamConfig = (
  read: EnvironmentReader,
  variable: string,
  name: string,
  tls: TlsConfig | undefined,
): UpstreamConfig => ({ name, urls: readSecureUrls(read, variable), tls });
