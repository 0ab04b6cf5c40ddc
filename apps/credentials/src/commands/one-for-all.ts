import DataLoader from 'dataloader';

/**
 * A question about a ticket, asked in one for all who ask at the same moment. Each answer
 * is newer than its question.
 * @param ask about many tickets; those without an answer are left out
 */
export function oneForAll<Answer>(
  ask: (ticketIds: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (ticketId: string) => Promise<Answer | undefined> {
  const questions = new DataLoader<string, Answer | undefined>(
    async (ids) => {
      const answers = await ask([...new Set(ids)]);
      return ids.map((id) => answers.get(id));
    },
    { cache: false, maxBatchSize: 64, batchScheduleFn: setImmediate },
  );
  return (ticketId) => questions.load(ticketId);
}
