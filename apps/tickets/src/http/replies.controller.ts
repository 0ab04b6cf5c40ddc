import { Body, Controller, Get, Headers, Post, Query, Req } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type ReplyResponse } from '#contracts';
import { Access, CurrentActor } from '#http-server';
import { readIdempotencyKey } from '#idempotency';
import { type Actor } from '#identity';
import { type Page, readLimit } from '#paging';
import { CreateReplyRequest, PageParameters, parseBody, parseQuery } from '#requests';
import { AddReply } from '../commands/add-reply.js';
import { ListReplies } from '../queries/list-replies.js';
import { personOf } from '../domain/person.js';
import { toReplyResponse } from './responses.js';
import { ticketOf } from './ticket-access.js';

@Controller('v1/tickets/:ticketId/replies')
export class RepliesController {
  constructor(
    private readonly addReply: AddReply,
    private readonly listReplies: ListReplies,
  ) {}

  @Post()
  @Access('reply.write')
  async create(
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<ReplyResponse> {
    const { body: text } = parseBody(CreateReplyRequest, body);
    const idempotencyKey = readIdempotencyKey(key);
    const command = {
      ticketId: ticketOf(request).id,
      author: personOf(actor),
      body: text,
      idempotencyKey,
    };
    return toReplyResponse(await this.addReply.execute(command));
  }

  @Get()
  @Access('reply.read')
  async list(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<Page<ReplyResponse>> {
    const { limit, cursor } = parseQuery(PageParameters, query);
    const page = await this.listReplies.execute({
      ticketId: ticketOf(request).id,
      limit: readLimit(limit),
      cursor,
    });
    return { ...page, items: page.items.map(toReplyResponse) };
  }
}
