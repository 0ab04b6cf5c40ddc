import { type IncomingMessage } from 'node:http';
import { type Socket } from 'node:net';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type TlsConfig } from '#config';
import { Problem, toProblemDocument } from '#problem';
import { isGuarded } from './authentication.js';
import { bodyLimit } from './json-body.js';
import { problemContentType } from './problem-filter.js';
import { requestIdOf } from './request-id.js';

interface Edge {
  readonly trustProxy?: boolean | string;
  readonly tls?: TlsConfig | undefined;
}

/** Longer than any id, whose every character may be written as `%XX`. */
const maxParamLength = 512;

export function fastifyOptions({ trustProxy = false, tls }: Edge) {
  return {
    logger: false,
    trustProxy,
    bodyLimit,
    genReqId: requestIdOf,
    requestIdHeader: false as const,
    /** A client that sends its request by the byte does not keep a connection for longer than this (ms). */
    requestTimeout: 30_000,
    routerOptions: { maxParamLength },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: routeAgain,
    ...(tls && { https: { ...tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const } }),
  };
}

const unreadable = new WeakSet<IncomingMessage>();

/**
 * A URL that the router cannot read would meet no hook: no limit, no header, no log line. So it is taken for one that leads nowhere, on its
 * own side of the door, and goes the way of all others.
 */
function routeAgain(error: Error & { readonly code?: string }, request: FastifyRequest, reply: FastifyReply): void {
  if (error.code === 'FST_ERR_BAD_URL') unreadable.add(request.raw);
  request.raw.url = isGuarded(request) ? '/v1/unreadable' : '/unreadable';
  request.server.routing(request.raw, reply.raw);
}

/** To be added after the hook that asks for the token: 400 comes after 401 and 429. */
export function refuseUnreadable(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(unreadable.has(request.raw) ? new Problem('malformed') : undefined);
  });
}

/** What arrived is not HTTP; there is no request, only a connection. */
function answerUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return;
  const requestId = requestIdOf({ headers: {} });
  const body = JSON.stringify(toProblemDocument(new Problem('malformed'), requestId));
  const head = ['HTTP/1.1 400 Bad Request', `Content-Type: ${problemContentType}`, `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end(`${[...head, `X-Request-Id: ${requestId}`, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
}
