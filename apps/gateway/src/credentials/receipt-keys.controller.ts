import { Controller, Get, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Public } from '#http-server';
import { CredentialsOwner } from '../forwarding/owners.js';

/**
 * The public keys to verify receipts, at a well-known address (RFC 8615)
 * outside the API's versions.
 */
@Controller('.well-known')
export class ReceiptKeysController {
  constructor(private readonly credentials: CredentialsOwner) {}

  @Get('receipt-keys.json')
  @Public()
  keys(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    // Public keys, asked for without credentials: a page of any
    // origin may verify a receipt.
    void reply.header('access-control-allow-origin', '*');
    this.credentials.forward(request, reply);
  }
}
