import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { actorOf, Authenticated } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';
import { DescribeStream } from '../openapi/describe-stream.js';
import { StreamHub } from './stream-hub.js';
import { TicketStream, type Verdict } from './ticket-stream.js';

/** Live events of one ticket. Read it with `fetch` and the bearer token, since `EventSource` sends no headers. */
@ApiTags('credentials')
@Controller('v1/tickets/:ticketId/stream')
export class StreamController {
  constructor(
    private readonly credentials: CredentialsOwner,
    private readonly hub: StreamHub,
  ) {}

  @Get()
  @Authenticated()
  @DescribeStream()
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const answer = await this.credentials.ask(request);
    if (answer.status !== 204) return void reply.status(answer.status).headers(answer.headers).send(answer.body);
    void reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
    if (request.method === 'HEAD') return void reply.send('');
    const { ticketId } = request.params as { ticketId: string };
    const { id, expiresAt } = actorOf(request);
    const stream = new TicketStream(ticketId, () => this.check(request), expiresAt);
    this.hub.add(id, stream);
    await reply.send(stream.body);
  }

  /** Asks the owner again, as at the beginning. */
  private async check(request: FastifyRequest): Promise<Verdict> {
    try {
      const { status } = await this.credentials.ask(request);
      return status === 204 ? 'permitted' : status >= 500 || status === 429 ? 'unknown' : 'refused';
    } catch {
      return 'unknown';
    }
  }
}
