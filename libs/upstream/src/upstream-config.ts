import { type EnvironmentReader, readSecureUrls, type TlsConfig } from '#config';

/** Another of our services, as one or more replicas. */
export interface UpstreamConfig {
  /** For the log and for faults: `tickets`. */
  readonly name: string;
  /**
   * Base URLs; one name may stand for several hosts, and is looked
   * up again every few seconds.
   */
  readonly urls: readonly URL[];
  /** Our certificate, and the authority we trust; required for https. */
  readonly tls: TlsConfig | undefined;
  /** Connections per host, default 64. */
  readonly connections?: number;
  /** Time limit to connect, default 1000 ms. */
  readonly connectTimeoutMs?: number;
  /**
   * Time limit until the answer begins, and between two parts of it, default 10,000 ms.
   */
  readonly answerTimeoutMs?: number;
}

/** Reads `variable`: one or more replicas, comma-separated. */
export const readUpstreamConfig = (
  read: EnvironmentReader,
  variable: string,
  name: string,
  tls: TlsConfig | undefined,
): UpstreamConfig => ({ name, urls: readSecureUrls(read, variable), tls });
