import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type CredentialRequestResponse } from '#contracts';
import { Access } from '#http-server';
import { readIdempotencyKey } from '#idempotency';
import { type Page } from '#paging';
import { PageParameters, parseBody, parseQuery, RequestCredentialsRequest } from '#requests';
import { RequestCredentials } from '../commands/request-credentials.js';
import { WithdrawRequest } from '../commands/withdraw-request.js';
import { CredentialRequests } from '../queries/credential-requests.js';
import { callerOf, standingOf } from './ticket-access.js';
import { readPathId } from './path-id.js';

@Controller('v1/tickets/:ticketId/credential-requests')
export class RequestsController {
  constructor(
    private readonly requestCredentials: RequestCredentials,
    private readonly withdrawRequest: WithdrawRequest,
    private readonly credentialRequests: CredentialRequests,
  ) {}

  @Post()
  @Access('request.create')
  async create(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CredentialRequestResponse> {
    const { message = null } = parseBody(RequestCredentialsRequest, body);
    const asked = await this.requestCredentials.execute({
      caller: callerOf(request),
      answer: standingOf(request),
      message,
      idempotencyKey: readIdempotencyKey(request.headers['idempotency-key']),
    });
    void reply.status(asked.created ? 201 : 200);
    return asked.request;
  }

  @Get()
  @Access('request.read')
  list(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<Page<CredentialRequestResponse>> {
    return this.credentialRequests.list(
      standingOf(request).ticketId,
      parseQuery(PageParameters, query),
    );
  }

  @Delete(':requestId')
  @HttpCode(204)
  @Access('request.delete')
  async withdraw(@Req() request: FastifyRequest, @Param('requestId') id: string): Promise<void> {
    await this.withdrawRequest.execute({
      caller: callerOf(request),
      answer: standingOf(request),
      requestId: readPathId(id),
    });
  }
}
