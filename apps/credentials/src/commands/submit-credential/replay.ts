import { timingSafeEqual } from 'node:crypto';
import { type CredentialSummaryResponse, type SubmitCredentialRequest } from '#contracts';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { type Vault } from '../../custody/vault.js';
import { listSummaries, readSealed } from '../../persistence/credentials.js';
import { type Submission } from './submission.js';

/**
 * Answers a submission whose Idempotency-Key was used before. What was sent then is not kept anywhere but in the sealed credential itself,
 * so that is opened and compared.
 * @throws Problem `ticket-ended` when the credential is gone meanwhile, `idempotency-conflict` when it was made of another body
 */
export async function replay(
  tx: Sql,
  vault: Vault,
  ticketId: string,
  first: { resourceId: string },
  { request, lifetime }: Submission,
): Promise<CredentialSummaryResponse> {
  const stored = await readSealed(tx, ticketId, first.resourceId);
  const [summary] = await listSummaries(tx, ticketId, first.resourceId);
  if (stored === undefined || summary === undefined) throw new Problem('ticket-ended', 'What this key made has been destroyed meanwhile');
  const then = vault.open(await vault.hold(stored));
  const sameLifetime = Math.round((stored.expiresAt.getTime() - stored.submittedAt.getTime()) / 1000) === lifetime;
  const sameNote = stored.noteVersion > 1 || same(then.additionalInformation, request.additionalInformation);
  const sameCore = same(then.username, request.username) && same(then.password, request.password) && same(then.link, request.link);
  if (!(sameCore && sameNote && sameLifetime)) throw new Problem('idempotency-conflict');
  return firstAnswer(summary, request);
}

/** As it was when it was made: unread, and with its first note. */
function firstAnswer(summary: CredentialSummaryResponse, request: SubmitCredentialRequest): CredentialSummaryResponse {
  const hasAdditionalInformation = (request.additionalInformation ?? null) !== null;
  return {
    ...summary,
    hasAdditionalInformation,
    reveals: 0,
    lastRevealedAt: null,
    lastRevealedBy: null,
    lastRevealedByName: undefined,
    noteVersion: 1,
  };
}

/** Compares without telling by its duration where two secrets differ. */
function same(a: string | null, b: string | null | undefined): boolean {
  if (a === null || b === null || b === undefined) return a === (b ?? null);
  const [left, right] = [Buffer.from(a, 'utf16le'), Buffer.from(b, 'utf16le')];
  return left.length === right.length && timingSafeEqual(left, right);
}
