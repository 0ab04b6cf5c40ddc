import { type NewTicket } from '../../domain/ticket.js';

export interface CreateTicket {
  readonly ticket: NewTicket;
  readonly actorId: string;
  readonly idempotencyKey: string | undefined;
}
