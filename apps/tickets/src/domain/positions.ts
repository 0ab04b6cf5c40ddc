import { type HelpdeskEvent, isEnded, ticketStatuses, type TicketStatus } from '#contracts';
import { isByTime, isLater, type Position, positionOf } from './position.js';

/** Of which event each present value is, and which end was applied last; null where no event said anything of it. */
export interface Positions {
  readonly status: Position | null;
  readonly requester: Position | null;
  readonly assignee: Position | null;
  readonly subject: Position | null;
  readonly end: Position | null;
}

export const unheard: Positions = { status: null, requester: null, assignee: null, subject: null, end: null };

/** What of an event is news; `end`: that the ticket ended, be it then or, where `status` is old, before what is known. */
export type News = Readonly<Record<keyof Positions, boolean>>;

/** @param present the status that is known at `known.status` */
export function newsOf(event: HelpdeskEvent, known: Positions, present: TicketStatus): News {
  const at = positionOf(event);
  const says = (value: unknown, since: Position | null): boolean => value !== undefined && isLater(at, since);
  const status = at === known.status ? isFurther(at, event.status, present) : isLater(at, known.status);
  return {
    status,
    requester: says(event.requesterId, known.requester),
    assignee: says(event.assigneeId, known.assignee),
    subject: says(event.subject, known.subject),
    end: isEnded(event.status) && isLater(at, known.end) && (status || at !== known.status),
  };
}

/** Two changes may fall into one tick of a home's clock. Then the status further down the list counts, so that no end is lost over it. */
const isFurther = (at: Position, status: TicketStatus, than: TicketStatus): boolean =>
  isByTime(at) && ticketStatuses.indexOf(status) > ticketStatuses.indexOf(than);

/** @returns the very same positions where nothing is news */
export function advance(known: Positions, news: News, at: Position): Positions {
  const moved = Object.entries(news).filter(([, isNew]) => isNew);
  return moved.length === 0 ? known : { ...known, ...Object.fromEntries(moved.map(([field]) => [field, at])) };
}
