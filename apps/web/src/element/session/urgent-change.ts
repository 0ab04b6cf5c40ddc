import { type Ticket } from '../../api/client.js';
import { type StreamEvent } from '../../live/event-stream.js';

export type TicketStatus = Ticket['status'];

/** `resolved` and `closed` are ended (contract, "Words"). */
export const isEnded = (status: TicketStatus): boolean =>
  status === 'resolved' || status === 'closed';

const statuses: readonly TicketStatus[] = ['open', 'pending', 'on_hold', 'resolved', 'closed'];

export interface UrgentChange {
  readonly status: TicketStatus | undefined;
  readonly destroyed: readonly string[];
}

/** The part of an event that is shown before everything is fetched again. */
export function urgentChangeOf({ type, data }: StreamEvent): UrgentChange {
  const fields = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const ids =
    type === 'credentials.destroyed' && Array.isArray(fields.credentialIds)
      ? fields.credentialIds
      : [];
  return {
    status: type === 'ticket' ? statuses.find((status) => status === fields.status) : undefined,
    destroyed: ids.filter((id) => typeof id === 'string'),
  };
}
