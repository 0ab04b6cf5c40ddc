/**
 * Walks a list that may be long; one page of it is in memory.
 * @param limit how much a page holds
 * @param read the page after this ticket, in the order that it
 *   compares by; '' is before all
 */
export async function* byTicket<T extends { readonly ticketId: string }>(
  limit: number,
  read: (after: string, limit: number) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  let found: readonly T[] = [];
  do {
    found = await read(found.at(-1)?.ticketId ?? '', limit);
    yield* found;
  } while (found.length === limit);
}
