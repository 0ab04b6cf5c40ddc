/** The entity tag of what has this version (RFC 9110, section 8.8.3). */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * `If-Match` by RFC 9110, section 13.1.1: `*`, or a list of entity tags, compared strongly, so that a weak one (`W/"1"`) never matches.
 * @returns whether a version is among them; undefined without the header
 */
export function readIfMatch(header: string | undefined): ((version: number) => boolean) | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return () => true;
  const tags = header.split(',').map((tag) => tag.trim());
  return (version) => tags.includes(entityTag(version));
}
