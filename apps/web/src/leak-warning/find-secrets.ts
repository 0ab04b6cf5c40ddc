import { knownKeys } from './known-keys.js';
import { findLabelledPasswords } from './phrases.js';

/** A part of a text that looks like a secret. */
export interface Finding {
  /** Bounds of the secret alone, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** `password`: named as one in the text. `key`: recognised by its form. */
  readonly kind: 'password' | 'key';
}

/** `https://user:password@host`: the password. */
const userInfo = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,256}:([^\s/@]{1,256})@/giu;
/** Placeholders for a password in examples. */
const placeholder =
  /^(?:<.*>|\{.*\}|\$.*|\*+|x+|password|pass|pwd|secret|token|your.*|changeme)$/iu;

/** Finds likely secrets, in order and without overlaps. Nothing leaves the browser. */
export function findSecrets(text: string): readonly Finding[] {
  const keys = knownKeys.flatMap(({ pattern }) =>
    [...text.matchAll(pattern)].map((match) => finding('key', match.index, match[0])),
  );
  const urls = [...text.matchAll(userInfo)]
    .filter(([, password = '']) => !placeholder.test(password))
    .map((match) =>
      finding('password', match.index + match[0].length - 1 - (match[1]?.length ?? 0), match[1]),
    );
  const told = findLabelledPasswords(text).map(({ start, end }) =>
    finding('password', start, text.slice(start, end)),
  );
  return [...keys, ...urls, ...told]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(isSeparate);
}

const finding = (kind: Finding['kind'], start: number, value = ''): Finding => ({
  kind,
  start,
  end: start + value.length,
});

const isSeparate = (candidate: Finding, place: number, all: readonly Finding[]): boolean =>
  !all.slice(0, place).some(({ start, end }) => candidate.start < end && start < candidate.end);
