import { readIfMatch } from '#http-server';
import { Problem } from '#problem';

/**
 * @returns whether the noteVersion is one that `If-Match` names
 * @throws Problem `precondition-required` when the header is not there
 */
export function requireIfMatch(header: string | undefined): (noteVersion: number) => boolean {
  const matches = readIfMatch(header);
  if (matches === undefined)
    throw new Problem(
      'precondition-required',
      'Send If-Match with the noteVersion that you have read, in quotes',
    );
  return matches;
}
