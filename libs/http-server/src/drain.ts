import { type FastifyInstance } from 'fastify';

/** Takes no new connection, finishes what is in flight, and lets clients with a kept-alive connection know that it ends. */
export class Drain {
  private stopping = false;
  /** For answers without an end of their own (streams): aborted when they should end. */
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();

  constructor(private readonly fastify: FastifyInstance) {
    this.signal = this.controller.signal;
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.stopping) void reply.header('connection', 'close');
      done(null, payload);
    });
  }

  get started(): boolean {
    return this.stopping;
  }

  /** Resolves when the last connection is closed. */
  async run(): Promise<void> {
    this.stopping = true;
    this.controller.abort();
    const { server } = this.fastify;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeIdleConnections();
    });
  }
}
