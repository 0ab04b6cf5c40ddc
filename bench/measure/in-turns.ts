/** So many items in all, each of `some` in turn, again and again. */
export const inTurns = <Item>(some: readonly Item[], count: number): readonly Item[] =>
  Array.from({ length: Math.ceil(count / some.length) }, () => some)
    .flat()
    .slice(0, count);
