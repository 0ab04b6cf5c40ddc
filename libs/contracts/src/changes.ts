import { assertPart, isObject } from './cloud-event.js';
import { assertStanding, type Standing } from './standing.js';

/** What `tickets` answers to `POST /internal/changes`. */
export interface Changes {
  /**
   * The tickets whose standing has changed since the cursor, each once, as they are now.
   */
  readonly items: readonly Standing[];
  /**
   * To be given with the next question. Nobody but `tickets` knows
   * what it means. It may be long.
   */
  readonly cursor: string;
  /**
   * Whether other tickets may have changed too: there was no cursor, or it is not of this
   * database's past. Then check all.
   */
  readonly gap: boolean;
  /** Whether there are more changes than one answer holds. */
  readonly more: boolean;
}

/** How many changes one answer tells, or as many as one transaction has made. */
export const maxChanges = 200;

/** @throws InvalidEventError naming the part that is missing or wrong */
export function parseChanges(document: unknown): Changes {
  assertPart(isObject(document) && Array.isArray(document.items), 'items');
  const { items, cursor, gap, more } = document;
  for (const item of items) assertStanding(item);
  assertPart(typeof cursor === 'string', 'cursor');
  assertPart(typeof gap === 'boolean', 'gap');
  assertPart(typeof more === 'boolean', 'more');
  return { items: items as Standing[], cursor, gap, more };
}
