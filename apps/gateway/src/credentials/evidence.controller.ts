import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessLogEntryResponse, DestructionReceiptResponse } from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { CredentialsOwner } from '../forwarding/owners.js';

const routes = forwardsTo(CredentialsOwner, {
  log: [
    Get('access-log'),
    {
      summary: 'Who did what, newest first',
      path: ['ticketId'],
      answer: AccessLogEntryResponse,
      list: 'page',
    },
  ],
  receipts: [
    Get('destruction-receipts'),
    {
      summary: 'Proof of what was destroyed, newest first',
      path: ['ticketId'],
      answer: DestructionReceiptResponse,
      list: 'page',
    },
  ],
});

@ApiTags('credentials')
@Controller('v1/tickets/:ticketId')
export class EvidenceController extends routes {}
