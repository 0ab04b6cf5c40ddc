/** The entity tag of what has this version (RFC 9110, section 8.8.3). */
export const entityTag = (version: number): string => `"${version}"`;

/**
 * What a proxy that packs an answer writes to the end of its tag: `-gzip` (Apache, Caddy,
 * lighttpd), `--gzip` (Jetty), `;gzip`.
 */
const packed = /^(?:[-;]+[a-z][a-z0-9;-]*)?$/;

/**
 * Reads `If-Match` and `If-None-Match`: `*`, or a list of entity tags. A tag is taken
 * as it was before a proxy packed what it is of, which made it weak or wrote to its
 * end: ours name what they are of exactly, so that nothing is lost by it. RFC 9110,
 * section 13.1.1, would have a weak tag match nothing, and whoever reads through such a
 * proxy could change nothing.
 * @param opaque of a tag of ours, what stands between the quotes
 * @returns whether it is among them
 */
export function namesTag(header: string, opaque: string): boolean {
  if (header.trim() === '*') return true;
  const sent = header.split(',').map((tag) => /^(?:W\/)?"([^"]*)"$/.exec(tag.trim())?.[1] ?? '');
  return sent.some((tag) => tag.startsWith(opaque) && packed.test(tag.slice(opaque.length)));
}

/** @returns whether `If-Match` names a version; undefined without the header */
export const readIfMatch = (
  header: string | undefined,
): ((version: number) => boolean) | undefined =>
  header === undefined ? undefined : (version) => namesTag(header, String(version));
