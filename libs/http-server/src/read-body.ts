import { type Readable } from 'node:stream';
import { type FastifyInstance } from 'fastify';
import { Problem } from '#problem';

/** 4 MiB: what somebody sends by mistake is mostly less. */
const readAtMost = 4 * 1024 * 1024;

/**
 * Reads a body whole, and keeps one byte over `limit` at most, which is enough to
 * refuse it. The rest is read and forgotten: a proxy (Node, Apache, Varnish) that
 * is still writing when the connection closes makes a 502 of our answer. Past 4
 * MiB there is an end to that.
 * @throws Problem `malformed` where the body breaks off
 */
export function readBody(payload: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const kept: Buffer[] = [];
    let [room, patience] = [limit + 1, readAtMost];
    const finish = (): void => {
      resolve(Buffer.concat(kept));
    };
    payload.on('data', (chunk: Buffer) => {
      if (room > 0) kept.push(chunk.subarray(0, room));
      room = Math.max(0, room - chunk.length);
      patience -= chunk.length;
      if (patience >= 0) return;
      payload.pause();
      finish();
    });
    payload.once('end', finish);
    payload.once('error', () => {
      reject(new Problem('malformed', 'The body did not arrive'));
    });
  });
}

/** Where a body was not read to its end, the connection cannot be used again. */
export function closeAfterUnread(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', ({ body, raw }, reply, done) => {
    if (body !== undefined && !raw.complete) void reply.header('connection', 'close');
    done();
  });
}
