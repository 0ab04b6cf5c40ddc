/**
 * Finds passwords by the words before them: a label such as `password`, a colon or verb,
 * and the value.
 */

const password =
  'pass ?words?|passwd|pass ?phrase|pass ?code|pwd|psw|pw|passwor[dt]|kennwort|zugangscode|mot ' +
  'de passe|mdp|contraseña|wachtwoord';
const other =
  'pass|pin|clave|(?:api|access|secret|private|license)[ _-]?(?:key|token)|(?:client|app)[ ' +
  '_-]?secret|secret|token|credentials?|logins?|zugangsdaten';
const start = '(?<![\\p{L}\\p{N}-])';
const is = '(?:is|ist|lautet|es|est|to be)(?:[ \\t]+(?:now|jetzt))?';
const purpose = '(?:[ \\t]+(?:for|to|of|für|zum|zur|vom)[ \\t]+[^\\n:=]{1,40}?)?';

/** `password: x`, `PW = x`, `the pin is: x`, and `password for the shop: x`. */
const labelled = new RegExp(
  `${start}(?:${password}|${other})${purpose}(?:[ \\t]+${is})?[ \\t]*[:=][ \\t]*(?=\\S)`,
  'giu',
);
/** `the password is x`. */
const told = new RegExp(`${start}(?:${password}|${other})[ \\t]+${is}[ \\t]+(?=[^\\s:=])`, 'giu');
/** `password x`. */
const beside = new RegExp(`${start}(?:${password})[ \\t]+(?=[^\\s:=])`, 'giu');
/** `admin / x` after a label: the second part is the password. */
const pair = /^(\S{1,64})[ \t]*\/[ \t]*(?=\S)/u;

/** Words that follow a label in ordinary sentences. */
const ordinary = new Set(
  `a an the my our your his her their this that it its i we you he she they
  not no none never yes ok okay n/a na tbd todo see below above attached
  wrong right correct incorrect invalid valid required missing unknown empty
  expired reset changed the same different fine too still also already now
  only here there safe secure strong weak short long new old lost
  forgotten gone blocked locked hidden secret private public being been
  please bitte nicht kein keine falsch richtig abgelaufen unbekannt leer vergessen
  gesperrt siehe unten oben noch nun jetzt immer auch zu sehr der die das ein eine
  in on at to for from by with and or but if when what where which who
  why how always accepted rejected refused denied ignored case-sensitive
  optional mandatory all everything something nothing one two
  about because so just really very correct, error failed failure
  authentifizierung erforderlich geändert angegeben ungültig oublié`.split(/\s+/),
);

/** Dots and placeholders instead of a password. */
const masked = /^(?:[*•x.…_\-<>[\](){}]+|[$%<{[].*)$/iu;
const closing = /[.,;:!?)\]}'"“”’»`]+$/u;
const quotes = /^(["'`“„‚‘«])(.+?)(["'`”“’‘»])/u;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** @returns the bounds of each password */
export function findLabelledPasswords(text: string): Span[] {
  const afterColon = endsOf(text, labelled).map((start) => valueAt(text, start, isLikely));
  const afterWord = [...endsOf(text, told), ...endsOf(text, beside)].map((start) =>
    valueAt(text, start, isUnmistakable),
  );
  return [...afterColon, ...afterWord].filter((span) => span !== undefined);
}

const endsOf = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map((match) => match.index + match[0].length);

type Judge = (word: string, isLast: boolean) => boolean;

function valueAt(text: string, from: number, judge: Judge): Span | undefined {
  const line = text.slice(from).split('\n', 1)[0] ?? '';
  const before = pair.exec(line)?.[0].length ?? 0;
  const rest = line.slice(before);
  const quoted = quotes.exec(rest)?.[2];
  if (quoted !== undefined)
    return isQuotedSecret(quoted) ? span(from + before + 1, quoted) : undefined;
  const secret = wordOf(rest, judge);
  return secret === undefined ? undefined : span(from + before, secret);
}

/**
 * The first word of `rest` without closing punctuation, if it is judged to be a secret.
 */
function wordOf(rest: string, judge: Judge): string | undefined {
  const word = rest.split(/\s/u, 1)[0] ?? '';
  const isLast = rest.slice(word.length).trim() === '' || /[.!?,;]$/u.test(word);
  const bare = word.replace(closing, '');
  if (!judge(bare, isLast)) return undefined;
  // Punctuation at the end may belong to the password. Marking too much is better than
  // leaving a part of it.
  return isMixed(bare) ? word.replace(/[.,;:'"“”’»`]+$/u, '') : bare;
}

const span = (from: number, value = ''): Span => ({ start: from, end: from + value.length });

const isOrdinary = (word: string): boolean =>
  word.length < 4 ||
  ordinary.has(word.toLowerCase()) ||
  masked.test(word) ||
  /^https?:\/\/[^:@]*$/u.test(word) ||
  /^[\w.+-]+@[\w-]+\.[\w.]+$/u.test(word);

const hasSymbols = (word: string): boolean => /[^\p{L}\p{N}.,'’/-]/u.test(word);
const isMixed = (word: string): boolean =>
  /\p{N}/u.test(word) || hasSymbols(word) || /\p{Ll}\p{Lu}/u.test(word);

/** In quotation marks: one word, or several with digits or symbols. */
const isQuotedSecret = (value: string): boolean =>
  !isOrdinary(value) && (isMixed(value) || !/\s/u.test(value));

/** After a colon: any word that ends the sentence, or one with digits or symbols. */
const isLikely: Judge = (word, isLast) =>
  !isOrdinary(word) && (isMixed(word) || (isLast && !isInflected(word)));
/** After `is`, where adjectives are common: only a word with digits or symbols. */
const isUnmistakable: Judge = (word) => !isOrdinary(word) && isMixed(word) && !isQuantity(word);

const isInflected = (word: string): boolean => /(?:ed|ing|able|ible|ly)$/u.test(word);
/** `128-bit`, `90`, `3rd`, `24h` and dates describe a password; they are none. */
const isQuantity = (word: string): boolean =>
  /^\d+(?:[.:,/-]?\d*)*(?:-?(?:st|nd|rd|th|bit|char|chars|characters|digit|digits|day|days|h|x|%))?$/iu.test(
    word,
  );
