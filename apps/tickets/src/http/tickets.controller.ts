import { Body, Controller, Get, Headers, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { CreateTicketRequest, type TicketResponse } from '#contracts';
import {
  Access,
  CurrentActor,
  entityTag,
  parseBody,
  parseQuery,
  readIfMatch,
  Roles,
} from '#http-server';
import { readIdempotencyKey } from '#idempotency';
import { type Actor } from '#identity';
import { type Page, readLimit } from '#paging';
import { CreateTicketHandler } from '../commands/create-ticket/create-ticket.handler.js';
import { UpdateTicketHandler } from '../commands/update-ticket/update-ticket.handler.js';
import { requireMayOpen } from '../domain/permission.js';
import { type StoredTicket } from '../domain/ticket.js';
import { ListTicketsHandler } from '../queries/list-tickets/list-tickets.handler.js';
import { ListTicketsParameters } from '../queries/list-tickets/list-tickets.query.js';
import { requesterOf } from './requester.js';
import { toTicketResponse } from './responses.js';
import { ticketOf } from './ticket-access.js';

@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly createTicket: CreateTicketHandler,
    private readonly updateTicket: UpdateTicketHandler,
    private readonly listTickets: ListTicketsHandler,
  ) {}

  @Post()
  @Roles('customer', 'agent')
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    requireMayOpen(actor, body);
    const { subject, description = null, requesterId } = parseBody(CreateTicketRequest, body);
    const facts = {
      id: uuidv7(),
      subject,
      description,
      requester: requesterOf(requesterId, actor),
    };
    const ticket = await this.createTicket.execute({
      ticket: facts,
      actorId: actor.id,
      idempotencyKey: readIdempotencyKey(key),
    });
    void reply.header('location', `/v1/tickets/${ticket.id}`);
    return answer(ticket, reply);
  }

  @Get()
  @Roles('customer', 'agent', 'admin')
  async list(@CurrentActor() actor: Actor, @Query() query: unknown): Promise<Page<TicketResponse>> {
    const { limit, cursor, ...filter } = parseQuery(ListTicketsParameters, query);
    const page = await this.listTickets.execute({ actor, filter, limit: readLimit(limit), cursor });
    return { ...page, items: page.items.map(toTicketResponse) };
  }

  @Get(':ticketId')
  @Access('ticket.read')
  get(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): TicketResponse {
    return answer(ticketOf(request), reply);
  }

  @Patch(':ticketId')
  @Access('ticket.update')
  async update(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    const matches = readIfMatch(request.headers['if-match']);
    return answer(
      await this.updateTicket.execute({ ticketId: ticketOf(request).id, actor, body, matches }),
      reply,
    );
  }
}

function answer(ticket: StoredTicket, reply: FastifyReply): TicketResponse {
  void reply.header('etag', entityTag(ticket.version));
  return toTicketResponse(ticket);
}
