import { type FastifyInstance } from 'fastify';
import { Problem } from '#problem';

/** 32 KiB (contract.md, "Limits"). */
export const bodyLimit = 32 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const malformed = (detail: string): Problem => new Problem('malformed', detail);

/**
 * Bodies are JSON, in UTF-8 without a fault, and without keys that reach an object's prototype; anything else is 400, 413 or 415. No
 * fault quotes the body. No body at all is undefined, so that a request whose fields are all optional needs none.
 */
export function acceptJson(fastify: FastifyInstance): void {
  const parseSecurely = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body: Buffer, done) => {
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      done(new Problem('unsupported-media-type', 'The body must not be compressed'));
      return;
    }
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    let text: string;
    try {
      text = utf8.decode(body);
    } catch {
      done(malformed('The body is not UTF-8'));
      return;
    }
    void parseSecurely(request, text, (error, parsed) => {
      if (error) done(malformed('The body is not JSON'));
      else done(null, parsed);
    });
  });
  fastify.addContentTypeParser('*', (_request, _payload, done) => {
    done(new Problem('unsupported-media-type'));
  });
}

/**
 * Bodies stay bytes of whatever type, cut at one byte over the limit: enough for the service that the request is handed on to, which then
 * refuses it in the right order (413 comes after 401, but before 404), and never more than that in memory.
 */
export function acceptAnything(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (_request: unknown, payload: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of payload) {
      if (size <= bodyLimit) chunks.push(chunk.subarray(0, bodyLimit + 1 - size));
      size += chunk.length;
    }
    return size === 0 ? undefined : Buffer.concat(chunks);
  });
}
