export interface Driven<Result> {
  readonly results: readonly Result[];
  /** Milliseconds of each call. */
  readonly durations: readonly number[];
  readonly perSecond: number;
}

/**
 * Calls `work` once for every item, `concurrency` calls at a time: each worker sends its
 * next request when it has the answer to the last.
 */
export async function drive<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Driven<Result>> {
  const [queue, results, durations] = [items.values(), [] as Result[], [] as number[]];
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      const start = performance.now();
      results.push(await work(item));
      durations.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { results, durations, perSecond: (items.length / (performance.now() - start)) * 1000 };
}
