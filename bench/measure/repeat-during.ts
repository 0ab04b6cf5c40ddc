/**
 * Calls `work` again and again until the other is over, however that ends.
 * @returns what it returned each time
 */
export async function repeatDuring<Result>(
  other: Promise<unknown>,
  work: () => Promise<Result>,
): Promise<readonly Result[]> {
  const [state, results] = [{ isOver: false }, [] as Result[]];
  const end = (): void => {
    state.isOver = true;
  };
  other.then(end, end);
  while (!state.isOver) results.push(await work());
  return results;
}
