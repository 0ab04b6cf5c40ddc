import { assertPart, isObject } from './cloud-event.js';
import { characters, isStorable } from './text.js';
import { isEnded, isEndedPhase, isStatus, type Standing, ticketIdPattern } from './words.js';

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
