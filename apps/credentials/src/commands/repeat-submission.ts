import { type CredentialSummaryResponse } from '#contracts';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { SecretText } from '../custody/secret-text.js';
import { type Secret, type Vault } from '../custody/vault.js';
import { readSealed } from '../persistence/credentials.js';
import { listSummaries } from '../persistence/summaries.js';
import { asSubmitted } from '../persistence/first-notes.js';

/** What a requester submits. */
export interface SubmittedFields {
  readonly secret: Secret;
  /** Seconds until it expires. */
  readonly lifetime: number;
}

/**
 * Answers a submission whose Idempotency-Key was used before. The first body is
 * stored only in the sealed credential, so that is decrypted and compared, with the
 * note that it had at first. Where the release before edited the note, its first one
 * is not known, nor compared.
 * @throws Problem `ticket-ended` when the credential was destroyed meanwhile,
 *   `idempotency-conflict` for another body
 */
export async function repeatSubmission(
  tx: Sql,
  vault: Vault,
  { ticketId, credentialId }: { readonly ticketId: string; readonly credentialId: string },
  { secret, lifetime }: SubmittedFields,
): Promise<CredentialSummaryResponse> {
  const stored = await readSealed(tx, ticketId, credentialId);
  const [[summary] = []] = await listSummaries(tx, [{ ticketId, id: credentialId }]);
  if (stored === undefined || summary === undefined)
    throw new Problem('ticket-ended', 'What this key made has been destroyed meanwhile');
  const first = asSubmitted(stored);
  const then = vault.open(await vault.hold(first));
  const sameLifetime =
    Math.round((stored.expiresAt.getTime() - stored.submittedAt.getTime()) / 1000) === lifetime;
  const sameNote =
    first.noteVersion > 1 ||
    SecretText.areSame(then.additionalInformation, secret.additionalInformation);
  if (!(isSameCore(then, secret) && sameNote && sameLifetime))
    throw new Problem('idempotency-conflict');
  return firstAnswer(summary, secret);
}

/** Compares every field, even after a difference. */
const isSameCore = (one: Secret, other: Secret): boolean =>
  (['username', 'password', 'link'] as const)
    .map((field) => SecretText.areSame(one[field], other[field]))
    .every(Boolean);

/** The summary as it was at creation: never revealed, and with its first note. */
function firstAnswer(
  summary: CredentialSummaryResponse,
  { additionalInformation }: Secret,
): CredentialSummaryResponse {
  return {
    ...summary,
    hasAdditionalInformation: additionalInformation !== null,
    reveals: 0,
    lastRevealedAt: null,
    lastRevealedBy: null,
    lastRevealedByName: undefined,
    noteVersion: 1,
  };
}
