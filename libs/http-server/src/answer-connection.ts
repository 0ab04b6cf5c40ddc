import { STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { Problem, type ProblemDocument, toProblemDocument } from '#problem';
import { problemContentType } from './problem-filter.js';
import { requestIdOf } from './request-id.js';

/**
 * How long whatever else the client sends is read and forgotten after the answer, in ms;
 * as nginx has it (`lingering_timeout`).
 */
const lingering = 5_000;

/**
 * Fastify's `clientErrorHandler`, for input that is not HTTP, or whose head is longer
 * than is read (`maxHeaderSize`): there is no request, only a connection. It is closed a
 * little later, since a proxy that is still writing then would make a 502 of the answer.
 */
export function answerConnection(
  { code }: Error & { readonly code?: string },
  socket: Socket,
): void {
  if (!socket.writable || socket.destroyed) return;
  const problem = new Problem(code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed');
  socket.end(written(toProblemDocument(problem, requestIdOf({ headers: {} }))));
  const end = setTimeout(() => socket.destroy(), lingering).unref();
  socket.once('close', () => {
    clearTimeout(end);
  });
}

function written(document: ProblemDocument): string {
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status] ?? ''}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${document.requestId}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
