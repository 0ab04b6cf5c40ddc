import { uuidPattern } from '#contracts';
import { Problem } from '#problem';

const defaultLimit = 20;
const maxLimit = 100;
const maxCursorLength = 1024;

/** The latest time that RFC 3339 can write, in milliseconds since the epoch. */
const maxTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const maxInteger = 2 ** 31 - 1;

type Key = readonly (string | number)[];

/**
 * `integer` is PostgreSQL's, of four bytes, and not negative; `time` is a number of
 * milliseconds since the epoch.
 */
type Part = 'string' | 'uuid' | 'integer' | 'time';

type KeyOf<Shape extends readonly Part[]> = {
  readonly [At in keyof Shape]: Shape[At] extends 'integer' | 'time' ? number : string;
};

/** An opaque place in a list: the sort key of the last row of a page. */
const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * @param shape the types of the key's parts, in order
 * @throws Problem `invalid` with the pointer `cursor` for a cursor that we did not issue
 */
export function decodeCursor<const Shape extends readonly Part[]>(
  cursor: unknown,
  shape: Shape,
): KeyOf<Shape> | undefined {
  if (cursor === undefined) return undefined;
  const key =
    typeof cursor === 'string' && cursor.length <= maxCursorLength ? parse(cursor) : undefined;
  if (
    !Array.isArray(key) ||
    key.length !== shape.length ||
    !shape.every((part, place) => fits[part](key[place]))
  )
    throw invalidParameter('cursor', 'must be the nextCursor of a page');
  return key as unknown as KeyOf<Shape>;
}

/**
 * In a list that is ordered by time, and by id where that is the same; its cursors are
 * made of `[milliseconds, id]`.
 */
export interface PagePosition {
  readonly time: Date;
  readonly id: string;
}

/** Like {@link decodeCursor}. */
export function decodePosition(cursor: unknown, id: 'string' | 'uuid'): PagePosition | undefined {
  const key = decodeCursor(cursor, ['time', id]);
  return key && { time: new Date(key[0]), id: key[1] };
}

/** @throws Problem `invalid` with the pointer `limit` */
export function readLimit(limit: unknown): number {
  if (limit === undefined) return defaultLimit;
  const number = typeof limit === 'string' && /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > maxLimit)
    throw invalidParameter('limit', `must be a whole number from 1 to ${maxLimit}`);
  return number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * Makes a page of `limit` items out of a query that asked for one more than that.
 * @param keyOf the sort key, for the cursor
 */
export function toPage<Row, T>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Key,
  toItem: (row: Row) => T,
): Page<T> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: last !== undefined && found.length > limit ? encodeCursor(keyOf(last)) : null,
  };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** A value that the database refuses would be a 500 instead of the caller's 422. */
const fits: Readonly<Record<Part, (part: unknown) => boolean>> = {
  string: (part) => typeof part === 'string' && !part.includes('\0'),
  uuid: (part) => typeof part === 'string' && uuidPattern.test(part),
  integer: (part) => isUpTo(maxInteger, part),
  time: (part) => isUpTo(maxTime, part),
};

const isUpTo = (max: number, part: unknown): boolean =>
  Number.isSafeInteger(part) && (part as number) >= 0 && (part as number) <= max;

const invalidParameter = (pointer: string, detail: string): Problem =>
  new Problem('invalid', undefined, { errors: [{ pointer, code: 'invalid', detail }] });
