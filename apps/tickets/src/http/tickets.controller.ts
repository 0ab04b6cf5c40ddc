import { Body, Controller, Get, Headers, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { v7 as uuidv7 } from 'uuid';
import { type TicketResponse, type TicketStatus } from '#contracts';
import { Access, CurrentActor, entityTag, readIfMatch, Roles } from '#http-server';
import { readIdempotencyKey } from '#idempotency';
import { type Actor } from '#identity';
import { type Page, readLimit } from '#paging';
import {
  CreateTicketRequest,
  decodeBody,
  PageParameters,
  parseQuery,
  StatusField,
  UpdateTicketRequest,
} from '#requests';
import { CreateTicket } from '../commands/create-ticket.js';
import { UpdateTicket } from '../commands/update-ticket.js';
import { type StoredTicket } from '../domain/ticket.js';
import { ListTickets } from '../queries/list-tickets.js';
import { requesterOf, requireMayOpen } from './requester.js';
import { toTicketResponse } from './responses.js';
import { ticketOf } from './ticket-access.js';

/** The query string of `GET /v1/tickets`. */
class ListTicketsParameters extends PageParameters {
  @StatusField({ description: 'Only tickets with this status' })
  status?: TicketStatus;

  @IsOptional()
  @IsIn(['me', 'none'], { message: 'must be me or none' })
  assignee?: 'me' | 'none';

  @IsOptional()
  @Matches(/^[^\0]{1,512}$/u, { message: 'must be the name of a home' })
  home?: string;
}

@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly createTicket: CreateTicket,
    private readonly updateTicket: UpdateTicket,
    private readonly listTickets: ListTickets,
  ) {}

  @Post()
  @Roles('customer', 'agent')
  async create(
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketResponse> {
    const decoded = decodeBody(CreateTicketRequest, body);
    requireMayOpen(actor, decoded.readable.requesterId);
    const { subject, description = null, requesterId } = decoded.requireValid();
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
    const ticket = await this.updateTicket.execute({
      ticketId: ticketOf(request).id,
      actor,
      body: decodeBody(UpdateTicketRequest, body),
      matches,
    });
    return answer(ticket, reply);
  }
}

function answer(ticket: StoredTicket, reply: FastifyReply): TicketResponse {
  void reply.header('etag', entityTag(ticket.version));
  return toTicketResponse(ticket);
}
