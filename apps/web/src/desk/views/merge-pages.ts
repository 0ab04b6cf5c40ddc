import { type Page } from '../desk-api.js';

interface Changing {
  readonly id: string;
  readonly updatedAt: string;
}

/**
 * A first page that was fetched anew, before what was paged to below it. What
 * the old list had above the end of the new page and the new one has not,
 * matches the filter no more.
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
