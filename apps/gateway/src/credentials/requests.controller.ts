import { Controller, Delete, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CredentialRequestResponse, RequestCredentialsRequest } from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { CredentialsOwner } from '../forwarding/owners.js';

const routes = forwardsTo(CredentialsOwner, {
  request: [
    Post(),
    {
      summary: 'Ask the requester to share credentials; 200 with the open request if there is one',
      status: 201,
      alsoOk: true,
      path: ['ticketId'],
      body: RequestCredentialsRequest,
      bodyOptional: true,
      answer: CredentialRequestResponse,
      idempotent: true,
      problems: ['ticket-ended'],
    },
  ],
  requests: [
    Get(),
    {
      summary: 'Requests, newest first; an open one is on the first page',
      path: ['ticketId'],
      answer: CredentialRequestResponse,
      list: 'page',
    },
  ],
  withdraw: [
    Delete(':requestId'),
    { summary: 'Withdraw a request', status: 204, path: ['ticketId', 'requestId'] },
  ],
});

@ApiTags('credentials')
@Controller('v1/tickets/:ticketId/credential-requests')
export class RequestsController extends routes {}
