import { cloudEvent, type CloudEvent, demand, parseCloudEvent } from './cloud-event.js';
import { isEnded, isEndedPhase, ownHome, type Standing, type TicketStatus, ticketIdPattern, ticketStatuses } from './words.js';

export const ticketEventTypes = ['ticket.created', 'ticket.status.changed', 'ticket.assigned'] as const;
export type TicketEventType = (typeof ticketEventTypes)[number];

/** The standing after the change, who made it, and the status before it. */
export interface TicketEventData extends Standing {
  readonly previousStatus: TicketStatus | null;
  /** Absent where no person did it (a mirrored ticket). */
  readonly actorId?: string;
}

export type TicketEvent = CloudEvent<TicketEventType, TicketEventData>;

/** @example JSON.stringify gives what docs/events.md shows */
export const ticketEvent = (type: TicketEventType, data: TicketEventData): TicketEvent => cloudEvent(ownHome, type, data);

const isInteger = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isPerson = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && value.length >= 1 && value.length <= 255);
const isStatus = (value: unknown): value is TicketStatus => ticketStatuses.some((status) => status === value);

/** @throws InvalidEventError when it is not an event of `ticket.events` */
export function parseTicketEvent(document: unknown): TicketEvent {
  const event = parseCloudEvent(document);
  demand(
    ticketEventTypes.some((type) => type === event.type),
    'type',
  );
  demand(event.source === ownHome, 'source');
  const data = event.data as Record<keyof TicketEventData, unknown>;
  demand(typeof data.ticketId === 'string' && ticketIdPattern.test(data.ticketId) && data.ticketId === event.subject, 'data.ticketId');
  demand(isStatus(data.status), 'data.status');
  demand(data.previousStatus === null || data.previousStatus === undefined || isStatus(data.previousStatus), 'data.previousStatus');
  demand(isInteger(data.version), 'data.version');
  demand(isInteger(data.phase) && isEndedPhase(data.phase) === isEnded(data.status), 'data.phase');
  demand(isPerson(data.requesterId), 'data.requesterId');
  demand(isPerson(data.assigneeId), 'data.assigneeId');
  demand(typeof data.home === 'string', 'data.home');
  return event as TicketEvent;
}
