import { type TlsConfig } from '#config';
import { answerConnection } from './answer-connection.js';
import { withoutPath } from './below-path.js';
import { requestIdOf } from './request-id.js';
import { type TrustedProxies, trustProxy } from './trusted-proxies.js';
import { routeAgain } from './unreadable.js';

interface Edge {
  readonly trustedProxies?: TrustedProxies;
  readonly tls?: TlsConfig | undefined;
  readonly publicPath?: string;
}

/** Longer than any id, whose every character may be written as `%XX`. */
const maxParamLength = 512;

/**
 * Bytes of the request line and the headers together. It is Node's default too, which
 * `--max-http-header-size` would change.
 */
const maxHeaderSize = 16 * 1024;

export function fastifyOptions({ trustedProxies = false, tls, publicPath = '' }: Edge) {
  return {
    logger: false,
    trustProxy: trustProxy(trustedProxies),
    genReqId: requestIdOf,
    requestIdHeader: false as const,
    /** How long a client may take to send its request, in ms. */
    requestTimeout: 30_000,
    routerOptions: { maxParamLength },
    clientErrorHandler: answerConnection,
    frameworkErrors: routeAgain,
    ...(publicPath !== '' && { rewriteUrl: withoutPath(publicPath) }),
    ...(tls
      ? {
          https: {
            ...tls,
            maxHeaderSize,
            requestCert: true,
            rejectUnauthorized: true,
            minVersion: 'TLSv1.2' as const,
          },
        }
      : { http: { maxHeaderSize } }),
  };
}
