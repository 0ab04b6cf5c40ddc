import { Controller, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  CreateReplyRequest,
  CreateTicketRequest,
  ReplyResponse,
  TicketResponse,
  ticketStatuses,
  UpdateTicketRequest,
} from '#contracts';
import { Authenticated } from '#http-server';
import { TicketsOwner } from '../forwarding/owners.js';
import { Describe } from '../openapi/describe.js';

@ApiTags('tickets')
@Controller('v1/tickets')
export class TicketsController {
  constructor(private readonly tickets: TicketsOwner) {}

  @Post()
  @Authenticated()
  @Describe({
    summary: 'Open a ticket',
    status: 201,
    body: CreateTicketRequest,
    answer: TicketResponse,
    headers: ['etag', 'location'],
    idempotent: true,
  })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }

  @Get()
  @Authenticated()
  @ApiQuery({ name: 'status', required: false, enum: ticketStatuses })
  @ApiQuery({ name: 'assignee', required: false, enum: ['me', 'none'] })
  @ApiQuery({ name: 'home', required: false, type: String })
  @Describe({ summary: 'Tickets, newest change first', answer: TicketResponse, list: 'page' })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }

  @Get(':ticketId')
  @Authenticated()
  @Describe({
    summary: 'One ticket',
    path: ['ticketId'],
    answer: TicketResponse,
    headers: ['etag'],
  })
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }

  @Patch(':ticketId')
  @Authenticated()
  @Describe({
    summary: 'Change status or assignee',
    path: ['ticketId'],
    body: UpdateTicketRequest,
    answer: TicketResponse,
    headers: ['etag'],
    ifMatch: 'optional',
    problems: ['closed-is-final', 'owned-by-home', 'stale'],
  })
  update(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }

  @Post(':ticketId/replies')
  @Authenticated()
  @Describe({
    summary: 'Reply',
    status: 201,
    path: ['ticketId'],
    body: CreateReplyRequest,
    answer: ReplyResponse,
    idempotent: true,
  })
  reply(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }

  @Get(':ticketId/replies')
  @Authenticated()
  @Describe({
    summary: 'Replies, oldest first',
    path: ['ticketId'],
    answer: ReplyResponse,
    list: 'page',
  })
  replies(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.forward(request, reply);
  }
}
