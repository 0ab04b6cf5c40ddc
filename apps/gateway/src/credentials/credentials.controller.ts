import { Controller, Delete, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import {
  CredentialSummaryResponse,
  EditNoteRequest,
  RevealedCredentialResponse,
  RevealRequest,
  SubmitCredentialRequest,
} from '#contracts';
import { Authenticated } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';
import { Describe } from '../openapi/describe.js';

const one = ['ticketId', 'credentialId'] as const;

@ApiTags('credentials')
@Controller('v1/tickets/:ticketId/credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsOwner) {}

  @Post()
  @Authenticated()
  @Describe({
    summary: 'Share credentials',
    status: 201,
    path: ['ticketId'],
    body: SubmitCredentialRequest,
    answer: CredentialSummaryResponse,
    headers: ['etag', 'location'],
    idempotent: true,
    problems: ['ticket-ended', 'too-many'],
  })
  submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Get()
  @Authenticated()
  @Describe({
    summary:
      'What is shared, or what the caller shared under a ticket of somebody else; never a secret',
    path: ['ticketId'],
    answer: CredentialSummaryResponse,
    list: 'all',
  })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Get(':credentialId')
  @Authenticated()
  @Describe({
    summary: 'One of them; never a secret',
    path: one,
    answer: CredentialSummaryResponse,
    headers: ['etag'],
  })
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Post('reveal')
  @Authenticated()
  @Describe({
    summary: 'Reveal all',
    path: ['ticketId'],
    body: RevealRequest,
    bodyOptional: true,
    answer: RevealedCredentialResponse,
    list: 'items',
    problems: ['ticket-ended'],
  })
  revealAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Post(':credentialId/reveal')
  @Authenticated()
  @Describe({
    summary: 'Reveal one',
    path: one,
    body: RevealRequest,
    bodyOptional: true,
    answer: RevealedCredentialResponse,
    problems: ['ticket-ended'],
  })
  revealOne(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Patch(':credentialId')
  @Authenticated()
  @Describe({
    summary: 'Edit the additional information, the only part that may be edited',
    path: one,
    body: EditNoteRequest,
    answer: CredentialSummaryResponse,
    headers: ['etag'],
    ifMatch: 'required',
    problems: ['immutable-field', 'precondition-required', 'stale', 'ticket-ended'],
  })
  edit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }

  @Delete(':credentialId')
  @Authenticated()
  @Describe({ summary: 'Destroy one; whoever shared it always may', status: 204, path: one })
  delete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.forward(request, reply);
  }
}
