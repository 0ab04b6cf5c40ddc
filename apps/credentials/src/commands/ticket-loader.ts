import DataLoader from 'dataloader';

/**
 * Loads something of a ticket, with one statement for all who load it in the same turn of
 * the event loop. Nothing is cached: what is returned was read after the call.
 * @param read for many tickets; those that have none are left out
 */
export function ticketLoader<Value>(
  read: (ticketIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (ticketId: string) => Promise<Value | undefined> {
  const loader = new DataLoader<string, Value | undefined>(
    async (ids) => {
      const values = await read([...new Set(ids)]);
      return ids.map((id) => values.get(id));
    },
    { cache: false, maxBatchSize: 64, batchScheduleFn: setImmediate },
  );
  return (ticketId) => loader.load(ticketId);
}
