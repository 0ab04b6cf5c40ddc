import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RevealedCredentialResponse, RevealRequest } from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { CredentialsOwner } from '../forwarding/owners.js';

const routes = forwardsTo(CredentialsOwner, {
  revealAll: [
    Post('reveal'),
    {
      summary: 'Reveal all',
      path: ['ticketId'],
      body: RevealRequest,
      bodyOptional: true,
      answer: RevealedCredentialResponse,
      list: 'items',
      problems: ['ticket-ended'],
    },
  ],
  revealOne: [
    Post(':credentialId/reveal'),
    {
      summary: 'Reveal one',
      path: ['ticketId', 'credentialId'],
      body: RevealRequest,
      bodyOptional: true,
      answer: RevealedCredentialResponse,
      problems: ['ticket-ended'],
    },
  ],
});

/** The only answers that hold plaintext. */
@ApiTags('credentials')
@Controller('v1/tickets/:ticketId/credentials')
export class RevealsController extends routes {}
