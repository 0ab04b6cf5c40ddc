import { type PrivateCredentialsDraft } from '../public-types.js';
import { type NewCredential } from '../../api/client.js';

/** The fields of the form in display order, named as in the API. */
export const credentialFields = [
  'username',
  'password',
  'link',
  'additionalInformation',
  'expiresIn',
] as const;
export type CredentialField = (typeof credentialFields)[number];

/** The form's values, exactly as typed. */
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

/** Fills only fields that are still empty. */
export function prefill(draft: CredentialDraft, given: PrivateCredentialsDraft): CredentialDraft {
  const missing = Object.entries(given as Partial<Record<CredentialField, string>>).filter(
    ([name]) => draft[name as CredentialField] === '',
  );
  return { ...draft, ...(Object.fromEntries(missing) as Partial<CredentialDraft>) };
}

/** @returns the required fields that are empty */
export const missingIn = (draft: CredentialDraft): readonly ('username' | 'password')[] =>
  (['username', 'password'] as const).filter((field) => draft[field] === '');

/** The request body: empty optional fields are left out, and nothing is trimmed. */
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

/** Hints at line breaks or outer blanks in a password, which are easy to overlook. */
export function passwordRemark(password: string): 'lines' | 'blanks' | undefined {
  if (/[\r\n]/.test(password)) return 'lines';
  return password !== password.trim() ? 'blanks' : undefined;
}
