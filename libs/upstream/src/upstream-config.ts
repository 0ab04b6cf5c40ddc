import { type EnvironmentReader, type TlsConfig } from '#config';

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

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '[::1]'].includes(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/**
 * Reads `variable`: comma-separated http or https URLs. Tokens and secrets travel there, so plain HTTP to another host has to be allowed
 * in so many words.
 */
export function readUpstreamConfig(read: EnvironmentReader, variable: string, name: string, tls: TlsConfig | undefined): UpstreamConfig {
  const urls = read.urls(variable, ['http:', 'https:']);
  const plainAllowed = read.boolean('ALLOW_PLAIN_HTTP', { default: false });
  if (!plainAllowed && urls.some((url) => url.protocol === 'http:' && !isLoopback(url)))
    read.fault(variable, 'must be https (ALLOW_PLAIN_HTTP=true accepts plain HTTP to other hosts)', undefined);
  return { name, urls, tls };
}
