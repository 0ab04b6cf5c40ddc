import { type HelpdeskEvent, isEnded } from '#contracts';
import { personById } from './person.js';
import { isByTime, type Position, positionOf } from './position.js';
import { advance, type News, newsOf, type Positions, unheard } from './positions.js';
import { RefusedEventError } from './refused-event.js';
import { revise, type Ticket } from './ticket.js';
import { type Transition } from './transition.js';

export interface Mirrored {
  readonly ticket: Ticket;
  readonly positions: Positions;
}

/** The ticket made from the first event about it. Without a title, its id is the title. */
export function firstSight(event: HelpdeskEvent): Mirrored {
  const { ticketId: id, source: home, status } = event;
  const blank: Ticket = {
    id,
    home,
    subject: id,
    description: null,
    status,
    version: 1,
    phase: isEnded(status) ? 1 : 0,
    requester: null,
    assignee: null,
  };
  const { ticket, positions } = merge({ ticket: blank, positions: unheard }, event);
  return { ticket: { ...ticket, version: 1 }, positions };
}

/**
 * Each field is a last-writer-wins register: the latest event that names the field sets it, so events may arrive in any order and any
 * number of times. Only the phase depends on arrival, since it counts crossings as seen here. An end that a later event overtook counts as
 * two crossings, because the ticket is live again by now. Credentials submitted before that end must be destroyed; later ones may be
 * destroyed with them.
 * @returns the identical ticket and positions if the event has no news
 * @throws RefusedEventError
 */
export function merge({ ticket, positions }: Mirrored, event: HelpdeskEvent): Mirrored & Transition {
  const at = positionOf(event);
  demandItsHome(ticket, event);
  demandItsOrder(at, positions.status);
  const news = newsOf(event, positions, ticket.status);
  const next = nextOf(ticket, event, news);
  const overtakenEnd = news.end && !news.status;
  return {
    ticket: differs(ticket, next) ? revise(ticket, next) : ticket,
    positions: advance(positions, news, at),
    previousStatus: overtakenEnd ? event.status : ticket.status,
    statusChanged: overtakenEnd || next.status !== ticket.status,
    assigneeChanged: next.assignee !== ticket.assignee,
  };
}

type Field = 'status' | 'phase' | 'requester' | 'assignee' | 'subject';

function nextOf(ticket: Ticket, event: HelpdeskEvent, news: News): Pick<Ticket, Field> {
  const status = news.status ? event.status : ticket.status;
  const crossings = news.end && !news.status ? 2 : Number(isEnded(status) !== isEnded(ticket.status));
  return {
    status,
    phase: ticket.phase + crossings,
    requester: news.requester ? personById(event.requesterId, ticket.requester) : ticket.requester,
    assignee: news.assignee ? personById(event.assigneeId, ticket.assignee) : ticket.assignee,
    subject: news.subject ? (event.subject ?? ticket.id) : ticket.subject,
  };
}

const differs = (ticket: Ticket, next: Pick<Ticket, Field>): boolean =>
  Object.entries(next).some(([field, value]) => ticket[field as Field] !== value);

function demandItsHome({ home }: Ticket, { source }: HelpdeskEvent): void {
  if (home !== source) throw new RefusedEventError('the ticket belongs to another home');
}

function demandItsOrder(at: Position, known: Position | null): void {
  if (known === null || isByTime(at) === isByTime(known)) return;
  throw new RefusedEventError(isByTime(at) ? 'its home orders this ticket by version' : 'its home orders this ticket by time');
}
