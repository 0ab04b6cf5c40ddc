import { Controller, Get, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { actorOf, Authenticated } from '#http-server';
import { CredentialsOwner, pass } from '../forwarding/owners.js';
import { asStream } from './as-stream.js';
import { StreamHub } from './stream-hub.js';
import { TicketStream } from './ticket-stream.js';

/**
 * Live events of one ticket. Read it with `fetch` and the bearer token, since
 * `EventSource` sends no headers.
 */
@Controller('v1/tickets/:ticketId/stream')
export class StreamController {
  constructor(
    private readonly credentials: CredentialsOwner,
    private readonly hub: StreamHub,
  ) {}

  @Get()
  @Authenticated()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { id, expiresAt } = actorOf(request);
    this.hub.requireRoom(id);
    if (request.method === 'HEAD') return this.head(request, reply);
    const { ticketId } = request.params as { ticketId: string };
    const stream = new TicketStream(ticketId, () => this.credentials.ask(request), expiresAt);
    const { readable } = stream.body;
    reply.raw.once('close', () => readable.destroy());
    // Before the owner is asked, so that the stream gets events that are too new for
    // its answer.
    this.hub.add(id, stream.body, [stream.listening]);
    const answer = await stream.open();
    if (answer.status !== 204) {
      pass(answer, reply);
      return;
    }
    // The client may have left meanwhile.
    if (!readable.destroyed) await asStream(reply).send(readable);
  }

  private async head(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const answer = await this.credentials.ask(request);
    if (answer.status === 204) await asStream(reply).send('');
    else pass(answer, reply);
  }
}
