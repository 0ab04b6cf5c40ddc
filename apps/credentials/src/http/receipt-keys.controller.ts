import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '#http-server';
import { type PublicKeySet } from '#signing';
import { SigningKeys } from '../receipts/signing-keys.js';

/**
 * The public keys of receipts and checkpoints as a JWKS, including retired ones, so that
 * anybody can verify a receipt years later.
 */
@Controller('.well-known')
export class ReceiptKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('receipt-keys.json')
  @Public()
  @Header('cache-control', 'public, max-age=60')
  async all(): Promise<PublicKeySet> {
    return this.keys.publicKeys();
  }
}
