import { type HelpdeskOrder } from '#contracts';

/**
 * Where an event stands in its home's order of one ticket: `v` and the version, or
 * `t` and the time, written so that the order of bytes is the order of events.
 * Kept in the database as it is.
 */
export type Position = string;

const digits = String(Number.MAX_SAFE_INTEGER).length;

export const positionOf = ({ version, time }: HelpdeskOrder): Position =>
  version === undefined ? `t${time ?? ''}` : `v${String(version).padStart(digits, '0')}`;

export const isByTime = (position: Position): boolean => position.startsWith('t');

/**
 * Any position is later than none, and none is later than itself: a
 * repeated event changes nothing.
 */
export const isLater = (position: Position, than: Position | null): boolean =>
  than === null || position > than;
