import { type AccessLogEntry, type Receipt } from './client.js';

/**
 * A page of a list, or several joined pages, newest first; `nextCursor` is for older
 * ones.
 */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export const noPage: Page<never> = { items: [], nextCursor: null };

/** Joins pages of a list that is sorted newest first. */
export interface NewestFirst<T> {
  /**
   * Keeps older items if the new page overlaps them. Without an overlap items between
   * may be missing, so the list starts again with the new page.
   */
  readonly withNewest: (known: Page<T>, newest: Page<T>) => Page<T>;
  readonly withOlder: (known: Page<T>, older: Page<T>) => Page<T>;
}

/** @param keyOf the sort key of the list; the newest item has the highest */
export function newestFirst<T>(keyOf: (item: T) => string | number): NewestFirst<T> {
  /** Each item once, as it was fetched last. */
  const merged = (known: Page<T>, fetched: Page<T>): readonly T[] => {
    const byKey = new Map([...known.items, ...fetched.items].map((item) => [keyOf(item), item]));
    return [...byKey].sort(([one], [other]) => (one < other ? 1 : -1)).map(([, item]) => item);
  };
  return {
    withNewest: (known, newest) => {
      const [first] = known.items;
      const isJoined =
        first !== undefined && newest.items.some((item) => keyOf(item) === keyOf(first));
      return isJoined ? { items: merged(known, newest), nextCursor: known.nextCursor } : newest;
    },
    withOlder: (known, older) => ({ items: merged(known, older), nextCursor: older.nextCursor }),
  };
}

export const logPages = newestFirst(({ seq }: AccessLogEntry) => seq);
export const receiptPages = newestFirst(({ destroyedAt, id }: Receipt) => `${destroyedAt} ${id}`);
