import { type Ticket } from './client.js';

export type TicketStatus = Ticket['status'];
/** The ends of a ticket (docs/contract.md, "Words"). */
export type EndStatus = 'resolved' | 'closed';

export const ticketStatuses: readonly TicketStatus[] = [
  'open',
  'pending',
  'on_hold',
  'resolved',
  'closed',
];

export const isEnded = (status: TicketStatus): status is EndStatus =>
  status === 'resolved' || status === 'closed';
