/**
 * @returns the address to open, or undefined for what must not become a link: a page
 *   opens nothing but http and https
 */
export function safeLink(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  return url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === ''
    ? url.href
    : undefined;
}

const scripts = ['Cyrl', 'Grek', 'Arab', 'Hebr', 'Deva', 'Thai', 'Hang'].map(
  (name) => `\\p{scx=${name}}`,
);
/**
 * Japanese is written in three scripts. Of Latin only what languages write with, not the
 * letters of phonetics: one of these looks like g.
 */
const alphabets = ['a-zß-žơưșțạ-ỹ', '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}', ...scripts];
const isOfOneAlphabet = new RegExp(
  `^(${alphabets.map((letters) => `[${letters}\\d-]+`).join('|')})$`,
  'u',
);
/**
 * Nothing but Cyrillic or Greek letters that look like Latin ones
 * (https://www.unicode.org/reports/tr39).
 */
const looksLatin = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡαγικνορτυχω\d-]+$/;

/**
 * The host that a browser asks for, where it is not what a reader takes it for:
 * `xn--pple-43d.com` behind `https://аpple.com`, whose first letter is Cyrillic, or the
 * address behind a number. A name that is written in one alphabet, as `müller.de` is,
 * says itself where it leads.
 * @param link that is safe
 */
export function hostBehind(link: string): string | undefined {
  const written = /^https?:\/\/([^/?#]*?)(?::\d*)?(?=[/?#]|$)/i
    .exec(link)?.[1]
    ?.toLowerCase()
    .normalize('NFC');
  const { hostname } = new URL(link);
  const asked = hostname.split('.');
  const labels = written?.split('.') ?? [];
  const isPlain =
    labels.length === asked.length &&
    labels.every((label, place) => isPlainly(label, asked[place]));
  return isPlain ? undefined : hostname;
}

const isPlainly = (label: string, asked = ''): boolean =>
  label === asked ||
  (asked.startsWith('xn--') && isOfOneAlphabet.test(label) && !looksLatin.test(label));
