import { demand, isObject } from './cloud-event.js';
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
export function demandStanding(value: unknown): asserts value is Standing {
  demandMoment(value);
  demand(typeof value.home === 'string', 'data.home');
}

/**
 * Everything of a standing that may change.
 * @throws InvalidEventError naming the part that is missing or wrong
 */
export function demandMoment(
  value: unknown,
): asserts value is Omit<Standing, 'home'> & Record<string, unknown> {
  demand(isObject(value), 'data');
  demand(
    typeof value.ticketId === 'string' && ticketIdPattern.test(value.ticketId),
    'data.ticketId',
  );
  demand(isStatus(value.status), 'data.status');
  demand(isInteger(value.version), 'data.version');
  demand(
    isInteger(value.phase) && isEndedPhase(value.phase) === isEnded(value.status),
    'data.phase',
  );
  demand(isPerson(value.requesterId), 'data.requesterId');
  demand(isPerson(value.assigneeId), 'data.assigneeId');
  demand(value.doubted === undefined || value.doubted === true, 'data.doubted');
}
