import { demand, demandEnvelope } from './cloud-event.js';
import { sortableTime } from './sortable-time.js';
import { isInteger, isPerson } from './standing.js';
import { isStorable } from './text.js';
import { isStatus, ticketIdPattern, type TicketStatus } from './words.js';

export const helpdeskEventType = 'ticket.status.changed';

/** A validated event of another home about one of its tickets. An absent field is unchanged, null clears it. */
export interface HelpdeskEvent {
  /** The home, as the event itself claims. */
  readonly source: string;
  readonly ticketId: string;
  readonly status: TicketStatus;
  readonly requesterId?: string | null;
  readonly assigneeId?: string | null;
  /** The ticket's title, at most 200 characters of it. */
  readonly subject?: string | null;
  /** At least one of the two is present. The home orders by `version` if it sends one, else by `time`. */
  readonly version: number | undefined;
  /** As `sortableTime` writes it: compare as text. */
  readonly time: string | undefined;
}

/**
 * Unknown properties are accepted, since changes are additive.
 * @param document a CloudEvent 1.0 in structured JSON, whose optional attributes may be absent or, which is the same, null
 * @throws InvalidEventError naming the part that is missing or wrong
 */
export function parseHelpdeskEvent(document: unknown): HelpdeskEvent {
  demandEnvelope(document, ['id', 'source', 'type']);
  demand(document.type === helpdeskEventType, 'type');
  const { data, source } = document;
  const { subject, time } = document as { subject?: unknown; time?: unknown };
  const { ticketId, status, version = null } = data;
  demand(typeof ticketId === 'string' && ticketIdPattern.test(ticketId), 'data.ticketId');
  demand((subject ?? ticketId) === ticketId, 'subject');
  demand(isStatus(status), 'data.status');
  demand(version === null || isInteger(version), 'data.version');
  const moment = typeof time === 'string' ? sortableTime(time) : undefined;
  demand(moment !== undefined || (version !== null && (time ?? null) === null), 'time');
  return { source, ticketId, status, ...people(data), ...title(data.subject), version: version ?? undefined, time: moment };
}

function people({ requesterId, assigneeId }: Record<string, unknown>): Pick<HelpdeskEvent, 'requesterId' | 'assigneeId'> {
  demand(requesterId === undefined || isPerson(requesterId), 'data.requesterId');
  demand(assigneeId === undefined || isPerson(assigneeId), 'data.assigneeId');
  return { ...(requesterId !== undefined && { requesterId }), ...(assigneeId !== undefined && { assigneeId }) };
}

const longestTitle = 200;

/** Another helpdesk's titles may be longer than ours: an end must not be lost over that, so the title is cut. */
function title(subject: unknown): Pick<HelpdeskEvent, 'subject'> {
  if (subject === undefined) return {};
  demand(subject === null || (typeof subject === 'string' && isStorable(subject)), 'data.subject');
  // No character takes more than two units, so this many units hold all that is kept.
  const beginning = Array.from((subject ?? '').slice(0, 2 * longestTitle)).slice(0, longestTitle);
  return { subject: beginning.join('') || null };
}
