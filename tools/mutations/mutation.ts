/**
 * Words of a source file, in whatever lines they stand there, and what stands there
 * instead. They must be there exactly once.
 */
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

const isWord = (token: string): boolean => /^\w/.test(token);
const closing = new Set([')', ']', '}']);

/** Finds the words in any layout: broken into lines, a comma after the last of a list. */
export function inAnyLayout(words: string): RegExp {
  const tokens = words.match(/\w+|[^\s\w]/g) ?? [];
  const pattern = tokens.map((token, at) => {
    const gap = isWord(token) && isWord(tokens[at - 1] ?? '') ? '\\s+' : '\\s*';
    const comma = closing.has(token) ? ',?\\s*' : '';
    return `${at === 0 ? '' : gap}${comma}${token.replace(/\W/, '\\$&')}`;
  });
  return new RegExp(pattern.join(''), 'g');
}
