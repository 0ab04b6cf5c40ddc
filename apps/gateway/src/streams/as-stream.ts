import { type FastifyReply } from 'fastify';

/**
 * The headers of a stream. `no-transform`: a proxy that compresses would hold events back
 * until it has enough of them.
 */
export const asStream = (reply: FastifyReply): FastifyReply =>
  reply
    .type('text/event-stream')
    .header('cache-control', 'no-store, no-transform')
    .header('x-accel-buffering', 'no');
