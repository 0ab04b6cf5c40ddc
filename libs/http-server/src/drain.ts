import { type FastifyInstance } from 'fastify';
import { type Activity } from '#lifecycle';
import { within } from '#waiting';

/** Of a stop's patience, what it takes to cut the connections that are left (ms). */
const reserve = 250;

/** How requests end: no new connection is taken, what is in flight is finished, and clients that keep a connection are told that it ends. */
export class Drain implements Activity {
  readonly name = 'requests';
  /** For answers without an end of their own (streams): aborted when they should end. */
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();

  constructor(private readonly fastify: FastifyInstance) {
    this.signal = this.controller.signal;
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.begun) void reply.header('connection', 'close');
      done(null, payload);
    });
  }

  get begun(): boolean {
    return this.signal.aborted;
  }

  /** Nothing to do: requests come as soon as somebody listens. */
  start(): void {
    // on purpose
  }

  /** Resolves when the last connection is closed, which those that last longer than the patience are by force. */
  async stop(patience: number): Promise<void> {
    this.controller.abort();
    const { server } = this.fastify;
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
    await within(patience - reserve, closed);
    server.closeAllConnections();
    await closed;
  }
}
