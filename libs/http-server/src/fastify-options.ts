import { type Socket } from 'node:net';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type TlsConfig } from '#config';
import { type TokenVerifier } from '#identity';
import { Problem, toProblemDocument } from '#problem';
import { authenticate, isGuarded } from './authentication.js';
import { bodyLimit } from './json-body.js';
import { problemContentType, type ProblemFilter } from './problem-filter.js';
import { requestIdOf } from './request-id.js';

interface Edge {
  readonly verifier: TokenVerifier;
  readonly trustProxy?: boolean | string;
  readonly tls?: TlsConfig | undefined;
}

/** Longer than any id, whose every character may be written as `%XX`. */
const maxParamLength = 512;

export function fastifyOptions(filter: ProblemFilter, { verifier, trustProxy = false, tls }: Edge) {
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
    /** A URL that the router cannot read meets no hook, so what the hooks would do is done here. */
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-request-id', request.id);
      const known = isGuarded(request) ? authenticate(request, verifier).then(() => error) : Promise.resolve(error);
      known
        .catch((refusal: unknown) => refusal)
        .then((answer) => {
          filter.answer(answer, request, reply);
        })
        .catch(() => request.raw.destroy());
    },
    ...(tls && { https: { ...tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' as const } }),
  };
}

/** What arrived is not HTTP; there is no request, only a connection. */
function answerUnreadable(_error: Error, socket: Socket): void {
  if (!socket.writable || socket.destroyed) return;
  const requestId = requestIdOf({ headers: {} });
  const body = JSON.stringify(toProblemDocument(new Problem('malformed'), requestId));
  const head = ['HTTP/1.1 400 Bad Request', `Content-Type: ${problemContentType}`, `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end(`${[...head, `X-Request-Id: ${requestId}`, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
}
