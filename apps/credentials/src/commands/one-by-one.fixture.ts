interface Performed<Tables, Outcome> {
  readonly tables: Tables;
  readonly outcomes: readonly Outcome[];
}

/** What commands come to, each by itself on what the one before has left. */
export function oneByOne<Tables, Command, Outcome>(
  start: Tables,
  commands: readonly Command[],
  perform: (tables: Tables, commands: readonly Command[]) => Performed<Tables, Outcome>,
): Performed<Tables, Outcome> {
  let tables = start;
  const outcomes = commands.flatMap((command) => {
    const done = perform(tables, [command]);
    ({ tables } = done);
    return done.outcomes;
  });
  return { tables, outcomes };
}
