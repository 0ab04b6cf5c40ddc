import { type EnvironmentReader } from '#config';

/** Where the gateway is reached from outside, which it cannot see behind a proxy. */
export interface PublicUrl {
  /** Without a slash at its end; undefined where nobody has said. */
  readonly href: string | undefined;
  /** Below which everything is, such as `/desk`; empty at the top of its host. */
  readonly path: string;
}

const nowhere: PublicUrl = { href: undefined, path: '' };

/**
 * Where paths of the gateway itself begin: below one of them, nobody could tell
 * which of the two a path means.
 */
const ours = [
  ...[
    'v1',
    'internal',
    'tickets',
    'new',
    'signed-in',
    'assets',
    'embed',
    'docs',
    'openapi.json',
    'dev',
    'me.json',
    'sign-in.json',
  ],
  ...['index.html', '.well-known', 'livez', 'readyz', 'metrics'],
];

/**
 * Segments that are written in one way alone, so that no two spellings of one
 * path have to be told apart.
 */
const plainPath = /^(\/[A-Za-z0-9._~-]+)*$/;

export function readPublicUrl(read: EnvironmentReader): PublicUrl {
  const value = read.optional('PUBLIC_URL');
  if (value === undefined) return nowhere;
  const found = parsePublicUrl(value);
  if (found === undefined)
    return read.fault(
      'PUBLIC_URL',
      'must be a URL such as https://desk.example/creds, its path of letters, digits and . _ ~ -',
      nowhere,
    );
  if (ours.includes(found.path.split('/')[1] ?? ''))
    return read.fault(
      'PUBLIC_URL',
      `must have a path that begins with none of ${ours.join(', ')}`,
      nowhere,
    );
  return found;
}

/**
 * @returns nothing for what is no plain http or https URL, or has more to it than a path
 */
function parsePublicUrl(value: string): PublicUrl | undefined {
  if (!URL.canParse(value)) return undefined;
  const { origin, pathname, href, protocol } = new URL(value);
  const path = pathname.replace(/\/$/, '');
  const isPlain =
    /^https?:$/.test(protocol) && plainPath.test(path) && href.replace(/\/$/, '') === origin + path;
  return isPlain ? { href: origin + path, path } : undefined;
}
