import { isEnded, type TicketStatus } from '#contracts';
import { isByTime, isLater, type Position } from './position.js';

/**
 * What its home has said of a ticket, and nobody understood: of all such events the one
 * furthest in the home's order.
 */
export interface Doubt {
  readonly at: Position;
  /** The id of the event; null where it has none. */
  readonly eventId: string | null;
  /** The rule that the event breaks, never a value. */
  readonly reason: string;
  /** A person has settled all doubts up to here; null if nobody ever has. */
  readonly settled: Position | null;
}

/** An event that was not understood. */
export interface NotUnderstood {
  /**
   * Undefined where the event does not tell, or cannot be compared with
   * what is known of the ticket.
   */
  readonly at: Position | undefined;
  readonly eventId: string | undefined;
  readonly reason: string;
}

/**
 * May the ticket have ended without our knowing it? As long as no event that was
 * understood is later than the one that was not. An ended ticket is not in doubt,
 * since nothing is left under it.
 * @param statusAt the position of what is known of the status
 */
export const isInDoubt = (
  doubt: Doubt | undefined,
  status: TicketStatus,
  statusAt: Position | null,
): boolean =>
  doubt !== undefined &&
  !isEnded(status) &&
  isLater(doubt.at, statusAt) &&
  isLater(doubt.at, doubt.settled);

/**
 * Between a position and the next: digits, which positions go on with, are later than
 * this mark. Two events may have the same time, and then the one that was not
 * understood may be the later one.
 */
const after = (position: Position): Position => `${position}!`;

/**
 * @param statusAt the position of what is known of the status
 * @returns the identical doubt if the event is no news
 */
export function doubtBy(
  event: NotUnderstood,
  doubt: Doubt | undefined,
  statusAt: Position | null,
): Doubt | undefined {
  const at = placeOf(event, doubt, statusAt);
  const eventId = event.eventId ?? null;
  if (doubt !== undefined && (at < doubt.at || (at === doubt.at && eventId === doubt.eventId)))
    return doubt;
  return { at, eventId, reason: event.reason, settled: doubt?.settled ?? null };
}

function placeOf(
  { at }: NotUnderstood,
  doubt: Doubt | undefined,
  statusAt: Position | null,
): Position {
  if (at === undefined) return afterAll(doubt, statusAt);
  return isByTime(at) ? after(at) : at;
}

/**
 * What has no place in the order is later than whatever is known, but for doubts of its
 * kind that nobody has settled.
 */
function afterAll(doubt: Doubt | undefined, statusAt: Position | null): Position {
  const last = [statusAt ?? '', doubt?.at ?? ''].sort().at(-1) ?? '';
  return last === doubt?.at && last.endsWith('!') && last !== doubt.settled ? last : after(last);
}

/**
 * The ticket is known by now. What does not tell its place, or tells it in another way
 * than the ticket is ordered by, is later than that.
 * @param early from an event before the first one that was understood of the ticket
 */
export const recalled = (early: Doubt, statusAt: Position): Doubt =>
  early.at.charAt(0) === statusAt.charAt(0) ? early : { ...early, at: after(statusAt) };

/**
 * An event was understood. It settles the doubt that it caused itself, before the words
 * of its home were known here.
 */
export function settledBy(
  eventId: string | undefined,
  at: Position,
  doubt: Doubt | undefined,
): Doubt | undefined {
  const isItself =
    doubt !== undefined &&
    eventId !== undefined &&
    doubt.eventId === eventId &&
    [at, after(at)].includes(doubt.at);
  return isItself ? settled(doubt) : doubt;
}

/** Whatever is known of the ticket stands, up to here. */
export const settled = (doubt: Doubt): Doubt => ({ ...doubt, settled: doubt.at });
