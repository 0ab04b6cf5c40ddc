import { type OperationGroup } from '../forwarding/operation.js';

export const credentials: OperationGroup = {
  owner: 'credentials',
  at: '/v1/tickets/:ticketId/credentials',
  name: 'Credentials',
  operations: {
    submit: {
      method: 'POST',
      summary: 'Share credentials',
      status: 201,
      body: 'SubmitCredentialRequest',
      answer: 'CredentialSummaryResponse',
      headers: ['etag', 'location'],
      idempotent: true,
      problems: ['ticket-ended', 'too-many'],
    },
    list: {
      method: 'GET',
      summary:
        'What is shared, or what the caller shared under a ticket of somebody else; never a secret',
      answer: 'CredentialSummaryResponse',
      list: 'all',
    },
    get: {
      method: 'GET',
      path: '/:credentialId',
      summary: 'One of them; never a secret',
      answer: 'CredentialSummaryResponse',
      headers: ['etag'],
    },
    edit: {
      method: 'PATCH',
      path: '/:credentialId',
      summary: 'Edit the additional information, the only part that may be edited',
      body: 'EditNoteRequest',
      answer: 'CredentialSummaryResponse',
      headers: ['etag'],
      ifMatch: 'required',
      problems: ['immutable-field', 'precondition-required', 'stale', 'ticket-ended'],
    },
    delete: {
      method: 'DELETE',
      path: '/:credentialId',
      summary: 'Destroy one; whoever shared it always may',
      status: 204,
    },
  },
};

export const requests: OperationGroup = {
  owner: 'credentials',
  at: '/v1/tickets/:ticketId/credential-requests',
  name: 'Evidence',
  operations: {
    request: {
      method: 'POST',
      summary: 'Ask the requester to share credentials; 200 with the open request if there is one',
      status: 201,
      alsoOk: true,
      body: 'RequestCredentialsRequest',
      bodyOptional: true,
      answer: 'CredentialRequestResponse',
      idempotent: true,
      problems: ['ticket-ended'],
    },
    requests: {
      method: 'GET',
      summary: 'Requests, newest first; an open one is on the first page',
      answer: 'CredentialRequestResponse',
      list: 'page',
    },
    withdraw: {
      method: 'DELETE',
      path: '/:requestId',
      summary: 'Withdraw a request',
      status: 204,
    },
  },
};

/** What remains after the destruction. */
export const evidence: OperationGroup = {
  owner: 'credentials',
  at: '/v1/tickets/:ticketId',
  name: 'Evidence',
  operations: {
    log: {
      method: 'GET',
      path: '/access-log',
      summary: 'Who did what, newest first',
      answer: 'AccessLogEntryResponse',
      list: 'page',
    },
    receipts: {
      method: 'GET',
      path: '/destruction-receipts',
      summary: 'Proof of what was destroyed, newest first',
      answer: 'DestructionReceiptResponse',
      list: 'page',
    },
  },
};
