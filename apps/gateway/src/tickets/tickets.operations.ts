import { ticketStatuses } from '#contracts';
import { type OperationGroup } from '../forwarding/operation.js';

export const tickets: OperationGroup = {
  owner: 'tickets',
  at: '/v1/tickets',
  name: 'Tickets',
  operations: {
    create: {
      method: 'POST',
      summary: 'Open a ticket',
      status: 201,
      body: 'CreateTicketRequest',
      answer: 'TicketResponse',
      headers: ['etag', 'location'],
      idempotent: true,
    },
    list: {
      method: 'GET',
      summary: 'Tickets, newest change first',
      answer: 'TicketResponse',
      list: 'page',
      query: { home: {}, assignee: { oneOf: ['me', 'none'] }, status: { oneOf: ticketStatuses } },
    },
    get: {
      method: 'GET',
      path: '/:ticketId',
      summary: 'One ticket',
      answer: 'TicketResponse',
      headers: ['etag'],
    },
    update: {
      method: 'PATCH',
      path: '/:ticketId',
      summary: 'Change status or assignee',
      body: 'UpdateTicketRequest',
      answer: 'TicketResponse',
      headers: ['etag'],
      ifMatch: 'optional',
      problems: ['closed-is-final', 'owned-by-home', 'stale'],
    },
  },
};

export const replies: OperationGroup = {
  owner: 'tickets',
  at: '/v1/tickets/:ticketId/replies',
  name: 'Tickets',
  operations: {
    reply: {
      method: 'POST',
      summary: 'Reply',
      status: 201,
      body: 'CreateReplyRequest',
      answer: 'ReplyResponse',
      idempotent: true,
    },
    replies: {
      method: 'GET',
      summary: 'Replies, oldest first',
      answer: 'ReplyResponse',
      list: 'page',
    },
  },
};
