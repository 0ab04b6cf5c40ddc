import { Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  CreateTicketRequest,
  TicketResponse,
  ticketStatuses,
  UpdateTicketRequest,
} from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { TicketsOwner } from '../forwarding/owners.js';

const routes = forwardsTo(TicketsOwner, {
  create: [
    Post(),
    {
      summary: 'Open a ticket',
      status: 201,
      body: CreateTicketRequest,
      answer: TicketResponse,
      headers: ['etag', 'location'],
      idempotent: true,
    },
  ],
  list: [
    Get(),
    { summary: 'Tickets, newest change first', answer: TicketResponse, list: 'page' },
    ApiQuery({ name: 'status', required: false, enum: ticketStatuses }),
    ApiQuery({ name: 'assignee', required: false, enum: ['me', 'none'] }),
    ApiQuery({ name: 'home', required: false, type: String }),
  ],
  get: [
    Get(':ticketId'),
    {
      summary: 'One ticket',
      path: ['ticketId'],
      answer: TicketResponse,
      headers: ['etag'],
    },
  ],
  update: [
    Patch(':ticketId'),
    {
      summary: 'Change status or assignee',
      path: ['ticketId'],
      body: UpdateTicketRequest,
      answer: TicketResponse,
      headers: ['etag'],
      ifMatch: 'optional',
      problems: ['closed-is-final', 'owned-by-home', 'stale'],
    },
  ],
});

@ApiTags('tickets')
@Controller('v1/tickets')
export class TicketsController extends routes {}
