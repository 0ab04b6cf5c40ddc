import { type PrivateCredentialsDraft } from '../public-types.js';
import { type NewCredential } from '../../api/client.js';

/** The form's fields, in their order; the names are those of the API. */
export const fields = [
  'username',
  'password',
  'link',
  'additionalInformation',
  'expiresIn',
] as const;
export type Field = (typeof fields)[number];

/** What stands in the form: exactly what was typed. */
export type Draft = Readonly<Record<Field, string>>;

export const emptyDraft: Draft = {
  username: '',
  password: '',
  link: '',
  additionalInformation: '',
  expiresIn: '',
};

export const isEmpty = (draft: Draft): boolean =>
  fields.every((field) => field === 'expiresIn' || draft[field] === '');

/** Fills what is still empty; what was typed stays. */
export function withGiven(draft: Draft, given: PrivateCredentialsDraft): Draft {
  const missing = Object.entries(given as Partial<Record<Field, string>>).filter(
    ([name]) => draft[name as Field] === '',
  );
  return { ...draft, ...(Object.fromEntries(missing) as Partial<Draft>) };
}

/** @returns the required fields that are empty */
export const missingIn = (draft: Draft): readonly ('username' | 'password')[] =>
  (['username', 'password'] as const).filter((field) => draft[field] === '');

/** What is sent: an optional field that is empty is left out, and nothing is trimmed. */
export function toCredential({
  username,
  password,
  link,
  additionalInformation,
  expiresIn,
}: Draft): NewCredential {
  return {
    username,
    password,
    ...(link !== '' && { link }),
    ...(additionalInformation !== '' && { additionalInformation }),
    ...(expiresIn !== '' && { expiresIn: Number(expiresIn) }),
  };
}

/** Something about a password that its owner may not see, and might not have meant. */
export function remarkOn(password: string): 'lines' | 'blanks' | undefined {
  if (/[\r\n]/.test(password)) return 'lines';
  return password !== password.trim() ? 'blanks' : undefined;
}
