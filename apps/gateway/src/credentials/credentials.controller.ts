import { Controller, Delete, Get, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { CredentialSummaryResponse, EditNoteRequest, RevealedCredentialResponse, RevealRequest, SubmitCredentialRequest } from '#contracts';
import { Access, NoStore } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';
import { Describe } from '../openapi/describe.js';

@ApiTags('credentials')
@ApiParam({ name: 'ticketId' })
@Controller('v1/tickets/:ticketId/credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsOwner) {}

  @Post()
  @Access('credential.submit')
  @Describe({
    summary: 'Share credentials',
    status: 201,
    body: SubmitCredentialRequest,
    answer: CredentialSummaryResponse,
    idempotent: true,
  })
  submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Get()
  @Access('credential.list')
  @Describe({ summary: 'What is shared; never a secret', answer: CredentialSummaryResponse, list: 'page' })
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Get(':credentialId')
  @Access('credential.list')
  @ApiParam({ name: 'credentialId' })
  @Describe({ summary: 'One of them; never a secret', answer: CredentialSummaryResponse })
  get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Post('reveal')
  @Access('credential.reveal')
  @NoStore()
  @Describe({ summary: 'Reveal all', body: RevealRequest, bodyOptional: true, answer: RevealedCredentialResponse, list: 'items' })
  revealAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Post(':credentialId/reveal')
  @Access('credential.reveal')
  @NoStore()
  @ApiParam({ name: 'credentialId' })
  @Describe({ summary: 'Reveal one', body: RevealRequest, bodyOptional: true, answer: RevealedCredentialResponse })
  revealOne(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Patch(':credentialId')
  @Access('credential.edit')
  @ApiParam({ name: 'credentialId' })
  @Describe({ summary: 'Edit the additional information', body: EditNoteRequest, answer: CredentialSummaryResponse, ifMatch: 'required' })
  edit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }

  @Delete(':credentialId')
  @Access('credential.delete')
  @ApiParam({ name: 'credentialId' })
  @Describe({ summary: 'Destroy one', status: 204 })
  delete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }
}
