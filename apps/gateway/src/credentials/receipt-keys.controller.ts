import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Public } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';

/** For whoever holds a receipt and wants to know whether it is true; by its well-known place (RFC 8615), not part of the API's versions. */
@ApiExcludeController()
@Controller('.well-known')
export class ReceiptKeysController {
  constructor(private readonly credentials: CredentialsOwner) {}

  @Get('receipt-keys.json')
  @Public()
  keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.credentials.answer(request, reply);
  }
}
