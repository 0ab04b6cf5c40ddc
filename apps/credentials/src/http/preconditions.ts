import { Problem } from '#problem';
import { uuidPattern } from '#contracts';

/** An id of ours as it stands in a path. @throws Problem `not-found`: nothing has any other */
export function readId(id: string): string {
  if (!uuidPattern.test(id)) throw new Problem('not-found');
  return id;
}

/**
 * `If-Match` by RFC 9110, section 13.1.1: `*`, or a list of strong entity tags. A weak tag never matches.
 * @returns whether a version is among them
 * @throws Problem `precondition-required` when the header is not there
 */
export function readIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined) throw new Problem('precondition-required', 'Send If-Match with the noteVersion that you have read, in quotes');
  const tags = header.split(',').map((tag) => tag.trim());
  return (version) => tags.includes('*') || tags.includes(`"${version}"`);
}
