import { Controller, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  CreateReplyRequest,
  CreateTicketRequest,
  ReplyResponse,
  roles,
  TicketResponse,
  ticketStatuses,
  UpdateTicketRequest,
} from '#contracts';
import { Access, Roles } from '#http-server';
import { TicketsOwner } from '../forwarding/owners.js';
import { Describe } from '../openapi/describe.js';

@ApiTags('tickets')
@Controller('v1/tickets')
export class TicketsController {
  constructor(private readonly tickets: TicketsOwner) {}

  @Post()
  @Roles(...roles)
  @Describe({ summary: 'Open a ticket', status: 201, body: CreateTicketRequest, answer: TicketResponse, idempotent: true })
  create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }

  @Get()
  @Roles(...roles)
  @ApiQuery({ name: 'status', required: false, enum: ticketStatuses })
  @ApiQuery({ name: 'assignee', required: false, enum: ['me', 'none'] })
  @ApiQuery({ name: 'home', required: false, type: String })
  @Describe({ summary: 'Tickets, newest change first', answer: TicketResponse, list: 'page' })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }

  @Get(':ticketId')
  @Access('ticket.read')
  @ApiParam({ name: 'ticketId' })
  @Describe({ summary: 'One ticket', answer: TicketResponse })
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }

  @Patch(':ticketId')
  @Access('ticket.update')
  @ApiParam({ name: 'ticketId' })
  @Describe({ summary: 'Change status or assignee', body: UpdateTicketRequest, answer: TicketResponse, ifMatch: 'optional' })
  update(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }

  @Post(':ticketId/replies')
  @Access('reply.write')
  @ApiParam({ name: 'ticketId' })
  @Describe({ summary: 'Reply', status: 201, body: CreateReplyRequest, answer: ReplyResponse, idempotent: true })
  reply(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }

  @Get(':ticketId/replies')
  @Access('reply.read')
  @ApiParam({ name: 'ticketId' })
  @Describe({ summary: 'Replies, oldest first', answer: ReplyResponse, list: 'page' })
  replies(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.tickets.answer(request, reply);
  }
}
