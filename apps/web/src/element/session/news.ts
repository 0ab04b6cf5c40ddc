import { type Ticket } from '../../api/client.js';
import { type StreamEvent } from '../../live/event-stream.js';

export type TicketStatus = Ticket['status'];

/** `resolved` and `closed` are ended (contract, "Words"). */
export const isEnded = (status: TicketStatus): boolean =>
  status === 'resolved' || status === 'closed';

const statuses: readonly TicketStatus[] = ['open', 'pending', 'on_hold', 'resolved', 'closed'];

export interface News {
  readonly status: TicketStatus | undefined;
  readonly destroyed: readonly string[];
}

/** What of an event cannot wait until everything is fetched again. */
export function newsOf({ type, data }: StreamEvent): News {
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
