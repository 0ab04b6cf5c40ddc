import { type FastifyInstance } from 'fastify';
import { type Activity } from '#lifecycle';
import { within } from '#waiting';

/** Part of a stop's time limit reserved for closing the remaining connections, in ms. */
const reserve = 250;

/**
 * Ends requests: no new connection is accepted, requests in flight are finished, and
 * keep-alive clients are told that the connection closes.
 */
export class Drain implements Activity {
  readonly name = 'requests';
  private hasBegun = false;

  constructor(private readonly fastify: FastifyInstance) {
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.begun) void reply.header('connection', 'close');
      done(null, payload);
    });
  }

  get begun(): boolean {
    return this.hasBegun;
  }

  start(): void {
    // Requests come as soon as the server listens.
  }

  /**
   * Resolves when the last connection is closed; those that outlast
   * `patience` are closed by force.
   */
  async stop(patience: number): Promise<void> {
    this.hasBegun = true;
    const { server } = this.fastify;
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
    // Also those that fall idle from now on: a stream that ends did not say "close".
    const closing = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
    await within(patience - reserve, closed);
    clearInterval(closing);
    server.closeAllConnections();
    await closed;
  }
}
