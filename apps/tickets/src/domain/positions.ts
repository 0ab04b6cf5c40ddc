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

/** Which parts of an event are news. */
export interface News extends Readonly<Record<Exclude<keyof Positions, 'end'>, boolean>> {
  readonly end: EndNews;
}

/**
 * Whether an event tells of an end that was not known: `now` if the ticket is ended by
 * it, `overtaken` if something later is known already, so that it was ended in between.
 */
type EndNews = 'none' | 'now' | 'overtaken';

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
    end: endNewsOf(event.status, at, known, status),
  };
}

function endNewsOf(
  said: TicketStatus,
  at: Position,
  known: Positions,
  isNewStatus: boolean,
): EndNews {
  if (!isEnded(said) || !isLater(at, known.end)) return 'none';
  if (isNewStatus) return 'now';
  return at === known.status ? 'none' : 'overtaken';
}

/**
 * Two changes may have the same time. Then the status later in the list
 * wins, so that no end is lost.
 */
const isFurther = (at: Position, status: TicketStatus, than: TicketStatus): boolean =>
  isByTime(at) && ticketStatuses.indexOf(status) > ticketStatuses.indexOf(than);

/** @returns the identical positions if nothing is news */
export function advance(known: Positions, news: News, at: Position): Positions {
  const moved = Object.entries(news).filter(([, said]) => said !== false && said !== 'none');
  return moved.length === 0
    ? known
    : { ...known, ...Object.fromEntries(moved.map(([field]) => [field, at])) };
}
