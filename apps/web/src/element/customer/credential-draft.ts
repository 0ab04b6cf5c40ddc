import { type PrivateCredentialsDraft } from '../public-types.js';
import { type NewCredential } from '../../api/client.js';

/** The form's fields, in their order; the names are those of the API. */
export const credentialFields = [
  'username',
  'password',
  'link',
  'additionalInformation',
  'expiresIn',
] as const;
export type CredentialField = (typeof credentialFields)[number];

/** What stands in the form: exactly what was typed. */
export type CredentialDraft = Readonly<Record<CredentialField, string>>;

export const emptyDraft: CredentialDraft = {
  username: '',
  password: '',
  link: '',
  additionalInformation: '',
  expiresIn: '',
};

export const isEmpty = (draft: CredentialDraft): boolean =>
  credentialFields.every((field) => field === 'expiresIn' || draft[field] === '');

/** Fills what is still empty; what was typed stays. */
export function prefill(draft: CredentialDraft, given: PrivateCredentialsDraft): CredentialDraft {
  const missing = Object.entries(given as Partial<Record<CredentialField, string>>).filter(
    ([name]) => draft[name as CredentialField] === '',
  );
  return { ...draft, ...(Object.fromEntries(missing) as Partial<CredentialDraft>) };
}

/** @returns the required fields that are empty */
export const missingIn = (draft: CredentialDraft): readonly ('username' | 'password')[] =>
  (['username', 'password'] as const).filter((field) => draft[field] === '');

/** What is sent: an optional field that is empty is left out, and nothing is trimmed. */
export function toCredential({
  username,
  password,
  link,
  additionalInformation,
  expiresIn,
}: CredentialDraft): NewCredential {
  return {
    username,
    password,
    ...(link !== '' && { link }),
    ...(additionalInformation !== '' && { additionalInformation }),
    ...(expiresIn !== '' && { expiresIn: Number(expiresIn) }),
  };
}

/** Something about a password that its owner may not see, and might not have meant. */
export function passwordRemark(password: string): 'lines' | 'blanks' | undefined {
  if (/[\r\n]/.test(password)) return 'lines';
  return password !== password.trim() ? 'blanks' : undefined;
}
