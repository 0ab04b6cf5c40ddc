import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { actorOf, Authenticated } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';
import { asStream } from './as-stream.js';
import { StreamHub } from './stream-hub.js';
import { ticketsIn } from './tickets-in.js';
import { TicketsStream } from './tickets-stream.js';

/**
 * Live events of several tickets over one connection: browsers have few of them for all
 * their tabs (docs/adr/0016).
 */
@Controller('v1/streams')
export class StreamsController {
  constructor(
    private readonly credentials: CredentialsOwner,
    private readonly hub: StreamHub,
  ) {}

  @Get()
  @Authenticated()
  async open(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const { id, expiresAt } = actorOf(request);
    const ticketIds = ticketsIn(query);
    this.hub.requireRoom(id, ticketIds.length);
    if (request.method === 'HEAD') return asStream(reply).send('');
    const stream = new TicketsStream(
      ticketIds,
      (ticketId) => this.credentials.ask(request, pathOf(ticketId)),
      expiresAt,
    );
    const { readable } = stream.body;
    reply.raw.once('close', () => readable.destroy());
    // Before the owner is asked, so that the stream gets events that are too new for
    // its answers.
    this.hub.add(id, stream.body, stream.listenings);
    void stream.open();
    return asStream(reply).send(readable);
  }
}

/**
 * Where the owner answers for one ticket. An id of a ticket has nothing that a
 * path would have to encode.
 */
const pathOf = (ticketId: string): string => `/v1/tickets/${ticketId}/stream`;
