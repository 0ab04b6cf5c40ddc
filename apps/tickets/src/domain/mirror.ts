import { type HelpdeskEvent } from '#contracts';
import {
  type Doubt,
  doubtBy,
  isInDoubt,
  type NotUnderstood,
  recalled,
  settled,
  settledBy,
} from './doubt.js';
import { personById } from './person.js';
import { phaseBeyondEnd, phaseFrom } from './phase.js';
import { isByTime, type Position, positionOf } from './position.js';
import { advance, type News, newsOf, type Positions, noPositions } from './positions.js';
import { RefusedEventError } from './refused-event.js';
import { revise, type Ticket } from './ticket.js';
import { type Transition } from './transition.js';

export interface Mirrored {
  readonly ticket: Ticket;
  readonly positions: Positions;
  /** Undefined where nothing was ever said that was not understood. */
  readonly doubt: Doubt | undefined;
}

/**
 * The ticket made from the first event about it. Without a title, its id is the title.
 */
export function createFromEvent(event: HelpdeskEvent): Mirrored {
  const { ticketId: id, source: home, status } = event;
  const blank: Ticket = {
    id,
    home,
    subject: id,
    description: null,
    status,
    version: 1,
    phase: phaseFrom(0, status),
    requester: null,
    assignee: null,
    doubted: false,
  };
  const { ticket, ...mirror } = merge(
    { ticket: blank, positions: noPositions, doubt: undefined },
    event,
  );
  return { ticket: { ...ticket, version: 1 }, ...mirror };
}

/**
 * Each field is a last-writer-wins register: the latest event that names the field sets
 * it, so events may arrive in any order and any number of times. Only the phase depends
 * on arrival, since it counts crossings as seen here. An end that a later event overtook
 * counts as two crossings, because the ticket is live again by now. Credentials submitted
 * before that end must be destroyed; later ones may be destroyed with them.
 * @returns the identical ticket, positions and doubt if the event has no news
 * @throws RefusedEventError
 */
export function merge(
  { ticket, positions, doubt }: Mirrored,
  event: HelpdeskEvent,
): Mirrored & Transition {
  const at = positionOf(event);
  requireItsHome(ticket, event);
  requireItsOrder(at, positions.status);
  const news = newsOf(event, positions, ticket.status);
  const [after, left] = [advance(positions, news, at), settledBy(event.id, at, doubt)];
  const fields = nextOf(ticket, event, news);
  const next = { ...fields, doubted: isInDoubt(left, fields.status, after.status) };
  const overtakenEnd = news.end === 'overtaken';
  return {
    ticket: differs(ticket, next) ? revise(ticket, next) : ticket,
    positions: after,
    doubt: left,
    previousStatus: overtakenEnd ? event.status : ticket.status,
    statusChanged: overtakenEnd || next.status !== ticket.status,
    assigneeChanged: next.assignee !== ticket.assignee,
  };
}

/**
 * Its home has said something of the ticket that was not understood.
 * @returns the identical ticket and doubt if that is no news
 */
export function doubtOf(
  { ticket, positions, doubt }: Mirrored,
  event: NotUnderstood,
): Mirrored & Transition {
  const isComparable =
    event.at === undefined ||
    positions.status === null ||
    isByTime(event.at) === isByTime(positions.status);
  const next = doubtBy(isComparable ? event : { ...event, at: undefined }, doubt, positions.status);
  return withDoubt({ ticket, positions, doubt: next });
}

/**
 * What was said of the ticket before, and was not understood, as if it came now.
 * @param early of a ticket that was not known then
 * @param event that made it known
 */
export function recall(
  { ticket, positions }: Mirrored,
  early: Doubt,
  event: HelpdeskEvent,
): Mirrored & Transition {
  const at = positionOf(event);
  return withDoubt({ ticket, positions, doubt: settledBy(event.id, at, recalled(early, at)) });
}

/**
 * A person has found out that what is known of the ticket is right.
 * @returns the identical ticket if it was not in doubt
 */
export const settle = ({ doubt, ...known }: Mirrored): Mirrored & Transition =>
  withDoubt({ ...known, doubt: doubt && settled(doubt) });

function withDoubt({ ticket, positions, doubt }: Mirrored): Mirrored & Transition {
  const doubted = isInDoubt(doubt, ticket.status, positions.status);
  const next = doubted === ticket.doubted ? ticket : revise(ticket, { doubted });
  return {
    ticket: next,
    positions,
    doubt,
    previousStatus: ticket.status,
    statusChanged: false,
    assigneeChanged: false,
  };
}

type Field = 'status' | 'phase' | 'requester' | 'assignee' | 'subject';
type Changeable = Pick<Ticket, Field | 'doubted'>;

function nextOf(ticket: Ticket, event: HelpdeskEvent, news: News): Pick<Ticket, Field> {
  const status = news.status ? event.status : ticket.status;
  return {
    status,
    phase:
      news.end === 'overtaken' ? phaseBeyondEnd(ticket.phase) : phaseFrom(ticket.phase, status),
    requester: news.requester ? personById(event.requesterId, ticket.requester) : ticket.requester,
    assignee: news.assignee ? personById(event.assigneeId, ticket.assignee) : ticket.assignee,
    subject: news.subject ? (event.subject ?? ticket.id) : ticket.subject,
  };
}

const differs = (ticket: Ticket, next: Changeable): boolean =>
  Object.entries(next).some(([field, value]) => ticket[field as keyof Changeable] !== value);

function requireItsHome({ home }: Ticket, { source }: HelpdeskEvent): void {
  if (home !== source) throw new RefusedEventError('the ticket belongs to another home');
}

function requireItsOrder(at: Position, known: Position | null): void {
  if (known === null || isByTime(at) === isByTime(known)) return;
  throw new RefusedEventError(
    isByTime(at) ? 'its home orders this ticket by version' : 'its home orders this ticket by time',
  );
}
