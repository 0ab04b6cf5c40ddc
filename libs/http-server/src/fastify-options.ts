import { type Socket } from 'node:net';
import { type TlsConfig } from '#config';
import { Problem, toProblemDocument } from '#problem';
import { bodyLimit } from './json-body.js';
import { problemContentType } from './problem-filter.js';
import { withoutPath } from './public-path.js';
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

export function fastifyOptions({ trustedProxies = false, tls, publicPath = '' }: Edge) {
  return {
    logger: false,
    trustProxy: trustProxy(trustedProxies),
    bodyLimit,
    genReqId: requestIdOf,
    requestIdHeader: false as const,
    /** How long a client may take to send its request, in ms. */
    requestTimeout: 30_000,
    routerOptions: { maxParamLength },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: routeAgain,
    ...(publicPath !== '' && { rewriteUrl: withoutPath(publicPath) }),
    ...(tls && { https: { ...tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const } }),
  };
}

/** For input that is not HTTP: there is no request, only a connection. */
function answerUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return;
  const requestId = requestIdOf({ headers: {} });
  const body = JSON.stringify(toProblemDocument(new Problem('malformed'), requestId));
  const head = ['HTTP/1.1 400 Bad Request', `Content-Type: ${problemContentType}`, `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end(`${[...head, `X-Request-Id: ${requestId}`, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
}
