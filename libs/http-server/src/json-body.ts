import { type Readable } from 'node:stream';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Problem } from '#problem';
import { closeAfterUnread, readBody } from './read-body.js';

/**
 * 192 KiB (docs/contract.md, "Limits"): more than a credential has whose every
 * field is as long as it may be, and all of it written as JSON writes a character
 * at its longest, `\ud83d\udd11`.
 */
export const bodyLimit = 192 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses strict UTF-8 JSON, without keys that reach an object's prototype. An empty body
 * is undefined, so that a request whose fields are all optional needs none.
 * @throws Problem `malformed` that does not quote the body
 */
function parseJson(request: FastifyRequest, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  let parsed: unknown;
  let failed = false;
  try {
    // Fastify's own parser calls back before it returns.
    void request.server.getDefaultJsonParser('error', 'error')(
      request,
      utf8.decode(bytes),
      (error, value) => {
        failed = error !== null;
        parsed = value;
      },
    );
  } catch {
    failed = true;
  }
  if (failed) throw new Problem('malformed', 'The body is not JSON in UTF-8');
  return parsed;
}

const jsonType = /^application\/json *(;|$)/i;
const anyCharset = /; *charset *= *"?([^\s";]*)/i;

/**
 * JSON has one encoding (RFC 8259, 8.1). Another charset or a compressed body is
 * refused instead of being misread.
 * @throws Problem `unsupported-media-type`
 */
function requireJson({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const type = headers['content-type'] ?? '';
  const charset = anyCharset.exec(type)?.[1] ?? 'utf-8';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (!jsonType.test(type) || !/^utf-?8$/i.test(charset) || encoding.toLowerCase() !== 'identity')
    throw new Problem('unsupported-media-type');
}

/**
 * The body as JSON, from what {@link readBody} kept of it.
 * @throws Problem `unsupported-media-type`, `too-large` or `malformed`
 */
export function jsonOf(request: FastifyRequest, bytes: Buffer): unknown {
  requireJson(request);
  if (bytes.length > bodyLimit) throw new Problem('too-large');
  return parseJson(request, bytes);
}

/**
 * Bodies are JSON within the limit, and come uncompressed;
 * anything else is 400, 413 or 415.
 */
export function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) =>
    jsonOf(request, await readBody(payload, bodyLimit)),
  );
}

/**
 * Bodies stay bytes, whatever their type, cut at one byte over the limit. That bounds the
 * memory, and is enough for the owner to refuse the body in the right order (413 comes
 * after 401, but before 404).
 */
export function acceptAnything(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (_request: FastifyRequest, payload: Readable) => {
    const bytes = await readBody(payload, bodyLimit);
    return bytes.length === 0 ? undefined : bytes;
  });
  closeAfterUnread(fastify);
}
