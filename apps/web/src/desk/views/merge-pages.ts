import { type Page } from '../desk-api.js';

interface Changing {
  readonly id: string;
  readonly updatedAt: string;
}

/**
 * Puts a refreshed first page before the older pages that are shown. An old item that
 * belongs within the new page but is missing there no longer matches the filter.
 */
export function mergePages<T extends Changing>(
  first: Page<T>,
  shown: Page<T> | undefined,
): Page<T> {
  const last = first.items.at(-1);
  if (shown === undefined || last === undefined || first.nextCursor === null) return first;
  const known = new Set(first.items.map(({ id }) => id));
  const below = shown.items.filter(
    ({ id, updatedAt }) => !known.has(id) && updatedAt < last.updatedAt,
  );
  return below.length === 0
    ? first
    : { items: [...first.items, ...below], nextCursor: shown.nextCursor };
}
