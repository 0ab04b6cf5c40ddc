/**
 * The parameters that reach the driver. It ignores all others without a word,
 * whatever safety they ask for.
 */
const known = [
  'host',
  'port',
  'user',
  'password',
  'application_name',
  'options',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslnegotiation',
];

/**
 * Words that are kept. `require` and `verify-ca` are as strict as `verify-full`, which is
 * what they become: what the driver makes of them will change with its next major
 * version. `allow` and `prefer` may end in plain text, which it cannot do.
 */
const words: Readonly<Record<string, readonly string[]>> = {
  sslmode: ['disable', 'no-verify', 'require', 'verify-ca', 'verify-full'],
  sslnegotiation: ['postgres', 'direct'],
};
const asStrictAsVerifyFull = ['require', 'verify-ca'];

/**
 * Refuses a parameter that nobody would go by, and a word that is none. Sets `sslmode` to
 * what the driver must be told.
 * @param refuse gets words that may be shown: none that could be a piece of a password
 */
export function requireKnownParameters(
  query: string,
  parameters: URLSearchParams,
  refuse: (fault: string) => never,
): void {
  if (query.includes('@'))
    refuse('has an @ after a question mark: both must be percent-encoded in a password');
  for (const [name, word] of parameters) {
    if (!known.includes(name))
      refuse(
        `has ${shown(name, 'a parameter')}, which would be ignored; ` +
          `possible are ${known.join(', ')}`,
      );
    const fault = faultOfWord(name, word);
    if (fault !== undefined) refuse(`has ${name}=${fault}`);
  }
  if (asStrictAsVerifyFull.includes(parameters.get('sslmode') ?? ''))
    parameters.set('sslmode', 'verify-full');
}

/**
 * @returns what to say of it, beginning with the word; undefined if it can be kept, as
 *   every word can of a parameter that is free
 */
export function faultOfWord(parameter: string, word: string): string | undefined {
  const possible = words[parameter];
  if (possible === undefined || possible.includes(word)) return undefined;
  return `${shown(word, '(something)')}, which cannot be kept; possible are ${possible.join(', ')}`;
}

const shown = (word: string, otherwise: string): string =>
  /^[\w-]{1,40}$/.test(word) ? word : otherwise;
