import { assertPart, isObject } from './cloud-event.js';
import { characters, isStorable } from './text.js';
import { ticketIdPattern } from './ids.js';
import { isEnded, isEndedPhase, isStatus, type TicketStatus } from './words.js';

/** What decides access to a ticket, at one version of it. `tickets` alone gives it. */
export interface Standing {
  readonly ticketId: string;
  readonly status: TicketStatus;
  /** One more with every change of the ticket. */
  readonly version: number;
  /** Even while live, odd while ended, one more at every crossing. */
  readonly phase: number;
  readonly requesterId: string | null;
  readonly assigneeId: string | null;
  readonly home: string;
  /**
   * Its home has said something of it, while it is live, that `tickets` did not
   * understand: perhaps that it has ended.
   */
  readonly doubted?: true;
}

export const isInteger = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
/**
 * The same limit as for requests: what one service accepted, the other must not refuse.
 */
export const isPerson = (value: unknown): value is string | null =>
  value === null ||
  (typeof value === 'string' &&
    value !== '' &&
    value.length <= 510 &&
    characters(value) <= 255 &&
    isStorable(value));

/**
 * How many tickets one question about standings may name: with ids of any length they are
 * well below the limit of a body.
 */
export const maxStandingsAsked = 200;

/**
 * Of a 503 `standing-unknown`: `true` where the standing could be asked for, and
 * `tickets` itself is in doubt about the ticket.
 */
export const doubtedHeader = 'x-ticket-doubted';

/**
 * A standing as it came from another service, in an event or an answer.
 * @throws InvalidEventError naming the part that is missing or wrong
 */
export function assertStanding(value: unknown): asserts value is Standing {
  assertMoment(value);
  assertPart(typeof value.home === 'string', 'data.home');
}

/**
 * Everything of a standing that may change.
 * @throws InvalidEventError naming the part that is missing or wrong
 */
export function assertMoment(
  value: unknown,
): asserts value is Omit<Standing, 'home'> & Record<string, unknown> {
  assertPart(isObject(value), 'data');
  assertPart(
    typeof value.ticketId === 'string' && ticketIdPattern.test(value.ticketId),
    'data.ticketId',
  );
  assertPart(isStatus(value.status), 'data.status');
  assertPart(isInteger(value.version), 'data.version');
  assertPart(
    isInteger(value.phase) && isEndedPhase(value.phase) === isEnded(value.status),
    'data.phase',
  );
  assertPart(isPerson(value.requesterId), 'data.requesterId');
  assertPart(isPerson(value.assigneeId), 'data.assigneeId');
  assertPart(value.doubted === undefined || value.doubted === true, 'data.doubted');
}
