import { type ServerResponse } from 'node:http';
import { Server } from 'node:net';
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
  private readonly answers = new Set<ServerResponse>();

  constructor(private readonly fastify: FastifyInstance) {
    fastify.addHook('onRequest', (_request, reply, done) => {
      this.answers.add(reply.raw);
      reply.raw.once('close', () => this.answers.delete(reply.raw));
      done();
    });
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
      // Not the server's own `close`, which also closes what it takes for idle.
      Server.prototype.close.call(server, () => {
        resolve();
      });
    });
    this.closeIdle();
    await within(patience - reserve, closed);
    server.closeAllConnections();
    await closed;
  }

  /**
   * Node takes a connection for idle as soon as its answer is written, though a part of
   * it may wait for a slow client, and would cut that off.
   */
  private closeIdle(): void {
    const isSending = [...this.answers].some(
      (answer) => answer.writableEnded && !answer.writableFinished,
    );
    if (!isSending) this.fastify.server.closeIdleConnections();
  }
}
