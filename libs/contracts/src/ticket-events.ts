import { cloudEvent, type CloudEvent, assertPart, parseCloudEvent } from './cloud-event.js';
import { assertStanding, isPerson, type Standing } from './standing.js';
import { isStatus, ownHome, type TicketStatus } from './words.js';

export const ticketEventTypes = [
  'ticket.created',
  'ticket.status.changed',
  'ticket.assigned',
] as const;
export type TicketEventType = (typeof ticketEventTypes)[number];

/** The standing after the change, who made it, and the status before it. */
interface TicketEventData extends Standing {
  readonly previousStatus: TicketStatus | null;
  /** Absent if no person did it (a mirrored ticket). */
  readonly actorId?: string;
  /**
   * The roles of their token, see {@link joinRoles}; beside `actorId`
   * where a ticket was changed.
   */
  readonly actorRole?: string;
}

export type TicketEvent = CloudEvent<TicketEventType, TicketEventData>;

/**
 * @param time of the change, as it is stored
 * @example JSON.stringify gives what docs/events shows
 */
export const ticketEvent = (
  type: TicketEventType,
  data: TicketEventData,
  time: Date,
): TicketEvent => cloudEvent(ownHome, type, data, { subject: data.ticketId, time });

/** @throws InvalidEventError when it is not an event of `ticket.events` */
export function parseTicketEvent(document: unknown): TicketEvent {
  const event = parseCloudEvent(document);
  assertPart(
    ticketEventTypes.some((type) => type === event.type),
    'type',
  );
  assertPart(event.source === ownHome, 'source');
  const data: unknown = event.data;
  assertStanding(data);
  assertPart(data.ticketId === event.subject, 'data.ticketId');
  const { previousStatus, actorId, actorRole }: Partial<TicketEventData> = data;
  assertPart(
    previousStatus === null || previousStatus === undefined || isStatus(previousStatus),
    'data.previousStatus',
  );
  assertPart(actorId === undefined || isPerson(actorId), 'data.actorId');
  assertPart(actorRole === undefined || isPerson(actorRole), 'data.actorRole');
  return event as TicketEvent;
}
