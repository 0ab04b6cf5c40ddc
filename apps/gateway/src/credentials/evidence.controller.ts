import { Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  AccessLogEntryResponse,
  CredentialRequestResponse,
  DestructionReceiptResponse,
  RequestCredentialsRequest,
} from '#contracts';
import { Authenticated } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';
import { Describe } from '../openapi/describe.js';

/** Requests for a ticket's credentials, its access log, and its destruction receipts. */
@ApiTags('credentials')
@Controller('v1/tickets/:ticketId')
export class EvidenceController {
  constructor(private readonly credentials: CredentialsOwner) {}

  @Post('credential-requests')
  @Authenticated()
  @Describe({
    summary: 'Ask the requester to share credentials; 200 with the open request if there is one',
    status: 201,
    alsoOk: true,
    path: ['ticketId'],
    body: RequestCredentialsRequest,
    bodyOptional: true,
    answer: CredentialRequestResponse,
    idempotent: true,
    problems: ['ticket-ended'],
  })
  request(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Get('credential-requests')
  @Authenticated()
  @Describe({
    summary: 'Requests, newest first; an open one is on the first page',
    path: ['ticketId'],
    answer: CredentialRequestResponse,
    list: 'page',
  })
  requests(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Delete('credential-requests/:requestId')
  @Authenticated()
  @Describe({ summary: 'Withdraw a request', status: 204, path: ['ticketId', 'requestId'] })
  withdraw(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Get('access-log')
  @Authenticated()
  @Describe({
    summary: 'Who did what, newest first',
    path: ['ticketId'],
    answer: AccessLogEntryResponse,
    list: 'page',
  })
  log(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Get('destruction-receipts')
  @Authenticated()
  @Describe({
    summary: 'Proof of what was destroyed, newest first',
    path: ['ticketId'],
    answer: DestructionReceiptResponse,
    list: 'page',
  })
  receipts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }
}
