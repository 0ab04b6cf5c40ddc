import { characters, hasHidden } from '#contracts';

const authority = /^https?:\/\/([^/?#]*)/i;

/**
 * Whether a page may offer `link` to be opened: http or https, a host, no user-info
 * (which browsers hide and phishers use), and nothing that hides or turns around a part
 * of it: who has such a link to share writes that in percent signs. It is never fetched.
 */
export function linkFault(link: unknown): string | undefined {
  if (typeof link !== 'string') return 'must be a string';
  if (characters(link) > 2048) return 'must have at most 2048 characters';
  if (hasHidden(link)) return 'must not contain control characters or invisible ones';
  const host = authority.exec(link)?.[1];
  // Browsers take a backslash for a slash; others read what stands
  // before the next @ as user-info.
  if (host === undefined || host === '' || host.includes('\\') || !URL.canParse(link))
    return 'must be an absolute http or https URL';
  return host.includes('@') ? 'must not contain a user name or password' : undefined;
}
