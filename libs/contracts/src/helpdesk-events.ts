import {
  assertPart,
  assertEnvelope,
  InvalidEventError,
  isAttribute,
  isObject,
} from './cloud-event.js';
import { ticketIdPattern } from './ids.js';
import { sortableTime } from './sortable-time.js';
import { personFault } from './person-id.js';
import { isInteger } from './standing.js';
import { type StatusWords } from './status-words.js';
import { isStorable } from './text.js';
import { type TicketStatus } from './words.js';

export const helpdeskEventType = 'ticket.status.changed';

/** Whose event it is, as the event itself claims, and which ticket it is about. */
export interface HelpdeskOrigin {
  /** The home. */
  readonly source: string;
  readonly ticketId: string;
  /**
   * What names the event, unique for its source; undefined where it has no name of 1 to
   * 512 characters that can be kept.
   */
  readonly id: string | undefined;
}

/**
 * At least one of the two is present. The home orders by `version` if it
 * sends one, else by `time`.
 */
export interface HelpdeskOrder {
  readonly version: number | undefined;
  /** As `sortableTime` writes it: compare as text. */
  readonly time: string | undefined;
}

/**
 * A validated event of another home about one of its tickets. An absent field is
 * unchanged, null clears it.
 */
export interface HelpdeskEvent extends HelpdeskOrigin, HelpdeskOrder {
  readonly status: TicketStatus;
  readonly requesterId?: string | null;
  readonly assigneeId?: string | null;
  /** The ticket's title, at most 200 characters of it. */
  readonly subject?: string | null;
}

/**
 * Reads what has to be known of an event before anything else of it can be judged,
 * however wrong the rest of it is: what a home says of a ticket of its own must not pass
 * for nothing because of an envelope. `subject` names the ticket where the data do not.
 * @throws InvalidEventError naming the part that is missing or wrong, where it does not
 *   tell whose event it is, or about which ticket
 */
export function readHelpdeskOrigin(document: unknown): HelpdeskOrigin {
  const { source, subject, id, data } = isObject(document) ? document : {};
  const ticketId = [isObject(data) ? data.ticketId : undefined, subject].find(isTicketId);
  if (isAttribute(source) && ticketId !== undefined)
    return { source, ticketId, id: isAttribute(id) && isStorable(id) ? id : undefined };
  assertEnvelope(document, ['source']);
  throw new InvalidEventError('data.ticketId is missing or wrong');
}

const isTicketId = (value: unknown): value is string =>
  typeof value === 'string' && ticketIdPattern.test(value);

/**
 * Unknown properties are accepted, since changes are additive.
 * @param document a CloudEvent 1.0 in structured JSON, whose optional attributes may be
 *   absent or, which is the same, null
 * @param words of its home
 * @throws InvalidEventError naming the part that is missing or wrong, and what to do
 *   where that is not obvious
 */
export function parseHelpdeskEvent(document: unknown, words: StatusWords): HelpdeskEvent {
  assertEnvelope(document, ['id', 'source', 'type']);
  assertPart(document.type === helpdeskEventType, 'type');
  const { data } = document;
  assertPart(isTicketId(data.ticketId), 'data.ticketId');
  const origin = readHelpdeskOrigin(document);
  const { subject } = document as { subject?: unknown };
  assertPart((optional(subject) ?? origin.ticketId) === origin.ticketId, 'subject');
  return {
    ...origin,
    status: readStatus(data.status, words),
    ...people(data),
    ...title(data.subject),
    ...readHelpdeskOrder(document),
  };
}

function readStatus(value: unknown, words: StatusWords): TicketStatus {
  const word = spelled(value);
  assertPart(typeof word === 'string', 'data.status');
  const status = words.read(word);
  if (status !== undefined) return status;
  throw new InvalidEventError(
    'data.status is no word that is known of its home: name it under statuses in ' +
      'HELPDESK_HOMES, and replay this',
  );
}

/** An attribute that is null or empty is absent. */
const optional = (attribute: unknown): unknown =>
  attribute === null || attribute === '' ? undefined : attribute;

/**
 * Many desks number their people and statuses: an exact integer is taken for its digits.
 */
const spelled = (value: unknown): unknown => (Number.isSafeInteger(value) ? String(value) : value);

function people({
  requesterId,
  assigneeId,
}: Record<string, unknown>): Pick<HelpdeskEvent, 'requesterId' | 'assigneeId'> {
  return {
    ...(requesterId !== undefined && { requesterId: readPerson(requesterId, 'data.requesterId') }),
    ...(assigneeId !== undefined && { assigneeId: readPerson(assigneeId, 'data.assigneeId') }),
  };
}

/**
 * An empty text is nobody: desks that fill in a template have nothing else to say it by.
 */
function readPerson(value: unknown, part: string): string | null {
  const person = value === '' ? null : spelled(value);
  if (typeof person === 'number')
    throw new InvalidEventError(
      `${part} is a number that is no integer up to 2^53-1: send it as text`,
    );
  if (person === null) return null;
  const fault = personFault(person);
  if (fault !== undefined) throw new InvalidEventError(`${part} ${fault}`);
  return person as string;
}

/**
 * Where an event stands in its home's order, whatever else it says.
 * @throws InvalidEventError
 */
export function readHelpdeskOrder(document: unknown): HelpdeskOrder {
  assertEnvelope(document, []);
  const version = document.data.version ?? undefined;
  const text = optional((document as { time?: unknown }).time);
  if (version !== undefined && !isInteger(version))
    throw new InvalidEventError(
      'data.version is no integer from 0 to 2^53-1: send such a number, or none and order by time',
    );
  const time = typeof text === 'string' ? sortableTime(text) : undefined;
  assertPart(time !== undefined || (version !== undefined && text === undefined), 'time');
  return { version, time };
}

const longestTitle = 200;

/**
 * Another helpdesk's titles may be longer than ours: an end must not be lost over
 * that, so the title is cut.
 */
function title(subject: unknown): Pick<HelpdeskEvent, 'subject'> {
  if (subject === undefined) return {};
  assertPart(
    subject === null || (typeof subject === 'string' && isStorable(subject)),
    'data.subject',
  );
  // No character takes more than two units, so this many units hold all that is kept.
  const beginning = Array.from((subject ?? '').slice(0, 2 * longestTitle)).slice(0, longestTitle);
  return { subject: beginning.join('') || null };
}
