import { type HelpdeskEvent, isEnded, ticketStatuses, type TicketStatus } from '#contracts';
import { isByTime, isLater, type Position, positionOf } from './position.js';

/**
 * The position of the event that set each present value, and of the last end
 * applied; null if no event did.
 */
export interface Positions {
  readonly status: Position | null;
  readonly requester: Position | null;
  readonly assignee: Position | null;
  readonly subject: Position | null;
  readonly end: Position | null;
}

export const noPositions: Positions = {
  status: null,
  requester: null,
  assignee: null,
  subject: null,
  end: null,
};

/**
 * Which parts of an event are news. `end`: the ticket ended, now or, if `status` is
 * old, before the known status.
 */
export type News = Readonly<Record<keyof Positions, boolean>>;

/** @param present the status at position `known.status` */
export function newsOf(event: HelpdeskEvent, known: Positions, present: TicketStatus): News {
  const at = positionOf(event);
  const says = (value: unknown, since: Position | null): boolean =>
    value !== undefined && isLater(at, since);
  const status =
    at === known.status ? isFurther(at, event.status, present) : isLater(at, known.status);
  return {
    status,
    requester: says(event.requesterId, known.requester),
    assignee: says(event.assigneeId, known.assignee),
    subject: says(event.subject, known.subject),
    end: isEnded(event.status) && isLater(at, known.end) && (status || at !== known.status),
  };
}

/**
 * Two changes may have the same time. Then the status later in the list
 * wins, so that no end is lost.
 */
const isFurther = (at: Position, status: TicketStatus, than: TicketStatus): boolean =>
  isByTime(at) && ticketStatuses.indexOf(status) > ticketStatuses.indexOf(than);

/** @returns the identical positions if nothing is news */
export function advance(known: Positions, news: News, at: Position): Positions {
  const moved = Object.entries(news).filter(([, isNew]) => isNew);
  return moved.length === 0
    ? known
    : { ...known, ...Object.fromEntries(moved.map(([field]) => [field, at])) };
}
