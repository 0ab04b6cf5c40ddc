import { type RevealedCredentialResponse } from '#contracts';
import { type SubmitCredentialRequest } from '#requests';
import { type RevealedCredential } from '../commands/reveal-credentials.js';
import { revealPlaintext } from '../custody/reveal-plaintext.js';
import { SecretText } from '../custody/secret-text.js';
import { type Secret } from '../custody/vault.js';

/**
 * From here until the answer to a reveal is written, the
 * customer's secrets are not strings.
 */
export const toSecret = ({
  username,
  password,
  link,
  additionalInformation,
}: SubmitCredentialRequest): Secret => ({
  username: new SecretText(username),
  password: new SecretText(password),
  link: SecretText.orNull(link),
  additionalInformation: SecretText.orNull(additionalInformation),
});

/** Dangerous: the body of an answer that holds plaintext, for the two reveals alone. */
export function writePlaintext({
  credential,
  secret,
}: RevealedCredential): RevealedCredentialResponse {
  const { id, number, noteVersion, submittedAt, expiresAt } = credential;
  return {
    id,
    number,
    username: revealPlaintext(secret.username),
    password: revealPlaintext(secret.password),
    link: secret.link && revealPlaintext(secret.link),
    additionalInformation:
      secret.additionalInformation && revealPlaintext(secret.additionalInformation),
    noteVersion,
    submittedAt: submittedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
