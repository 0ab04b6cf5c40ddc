import { type EnvironmentReader } from './environment-reader.js';

/** Whether a URL's host, or an address, is this machine itself. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '[::1]', '::1'].includes(host) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/**
 * Reads comma-separated http or https URLs. Tokens, keys and secrets travel there, so
 * plain HTTP to another host must be allowed explicitly.
 */
export function readSecureUrls(read: EnvironmentReader, variable: string): readonly URL[] {
  const urls = read.urls(variable, ['https:', 'http:']);
  const isPlainAllowed = read.boolean('ALLOW_PLAIN_HTTP', { default: false });
  if (
    !isPlainAllowed &&
    urls.some(({ protocol, hostname }) => protocol === 'http:' && !isLoopback(hostname))
  )
    read.fault(
      variable,
      'must be https (ALLOW_PLAIN_HTTP=true accepts plain HTTP to other hosts)',
      undefined,
    );
  return urls;
}
