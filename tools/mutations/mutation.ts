/** Words of a source file, and what stands there instead. They must be there exactly once. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A mechanism that is taken out. */
export interface Mutation {
  readonly name: string;
  /** What is promised by it. */
  readonly promise: string;
  readonly edits: readonly Edit[];
  /** The test files that have to notice; one failing test is enough. */
  readonly tests: readonly string[];
}

/** Takes the words out, where nothing is to stand there instead. */
export const edit = (file: string, find: string, replace = ''): Edit => ({ file, find, replace });
