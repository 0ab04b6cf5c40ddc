import { characters, hasHidden, isStorable } from './text.js';

const longest = 255;

/**
 * Why a text cannot be the id of a person, in words that name no value; undefined where
 * it can. An id is compared as it stands, so one that cannot be told from another by
 * reading it would make a ticket that nobody finds.
 */
export function personFault(id: unknown): string | undefined {
  if (typeof id !== 'string') return 'must be a string';
  const length = characters(id);
  if (length === 0 || length > longest) return `must have 1 to ${longest} characters`;
  if (!isStorable(id)) return 'must be well-formed text without NUL';
  if (id !== id.trim()) return 'must not begin or end with a space';
  return hasHidden(id) ? 'must not contain control characters or invisible ones' : undefined;
}
