/** A ticket's entity tag is its version. */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * `If-Match` by RFC 9110, section 13.1.1: `*`, or a list of entity tags, compared strongly, so that a weak one (`W/"1"`) never matches.
 * Without the header everything matches.
 */
export function readIfMatch(header: string | undefined): (version: number) => boolean {
  if (header === undefined || header.trim() === '*') return () => true;
  const tags: readonly string[] = header.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return (version) => tags.includes(entityTag(version));
}
