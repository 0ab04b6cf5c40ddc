import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CredentialSummaryResponse, EditNoteRequest, SubmitCredentialRequest } from '#contracts';
import { forwardsTo } from '../forwarding/forwarding.js';
import { CredentialsOwner } from '../forwarding/owners.js';

const one = ['ticketId', 'credentialId'] as const;

const routes = forwardsTo(CredentialsOwner, {
  submit: [
    Post(),
    {
      summary: 'Share credentials',
      status: 201,
      path: ['ticketId'],
      body: SubmitCredentialRequest,
      answer: CredentialSummaryResponse,
      headers: ['etag', 'location'],
      idempotent: true,
      problems: ['ticket-ended', 'too-many'],
    },
  ],
  list: [
    Get(),
    {
      summary:
        'What is shared, or what the caller shared under a ticket of somebody else; never a secret',
      path: ['ticketId'],
      answer: CredentialSummaryResponse,
      list: 'all',
    },
  ],
  get: [
    Get(':credentialId'),
    {
      summary: 'One of them; never a secret',
      path: one,
      answer: CredentialSummaryResponse,
      headers: ['etag'],
    },
  ],
  edit: [
    Patch(':credentialId'),
    {
      summary: 'Edit the additional information, the only part that may be edited',
      path: one,
      body: EditNoteRequest,
      answer: CredentialSummaryResponse,
      headers: ['etag'],
      ifMatch: 'required',
      problems: ['immutable-field', 'precondition-required', 'stale', 'ticket-ended'],
    },
  ],
  delete: [
    Delete(':credentialId'),
    { summary: 'Destroy one; whoever shared it always may', status: 204, path: one },
  ],
});

@ApiTags('credentials')
@Controller('v1/tickets/:ticketId/credentials')
export class CredentialsController extends routes {}
