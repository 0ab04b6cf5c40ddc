import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateReplyRequest, ReplyResponse } from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { TicketsOwner } from '../forwarding/owners.js';

const routes = forwardsTo(TicketsOwner, {
  reply: [
    Post(),
    {
      summary: 'Reply',
      status: 201,
      path: ['ticketId'],
      body: CreateReplyRequest,
      answer: ReplyResponse,
      idempotent: true,
    },
  ],
  replies: [
    Get(),
    {
      summary: 'Replies, oldest first',
      path: ['ticketId'],
      answer: ReplyResponse,
      list: 'page',
    },
  ],
});

@ApiTags('tickets')
@Controller('v1/tickets/:ticketId/replies')
export class RepliesController extends routes {}
