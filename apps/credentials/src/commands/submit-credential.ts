import { v7 as uuidv7 } from 'uuid';
import {
  credentialActionEvent,
  type CredentialSummaryResponse,
  exchanges,
  isEndedPhase,
} from '#contracts';
import { claim, type IdempotencyScope } from '#idempotency';
import { append } from '#outbox';
import { type Sql, type UnitOfWork } from '#postgres';
import { appendToAccessLog } from '../persistence/access-log.js';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { type Vault } from '../custody/vault.js';
import { requireRoomForOne } from '../domain/credential-quota.js';
import { submitRoute } from '../persistence/first-notes.js';
import { ensureGate, nextNumber } from '../persistence/gates.js';
import { quotaAndCurrentKey } from '../persistence/quota-and-key.js';
import { fulfilRequests } from '../persistence/requests.js';
import { insertCredential, type NewCredential } from '../persistence/summaries.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { applyAnswer } from './apply-standing.js';
import { type LiveTicket, type Permit } from './live-ticket.js';
import { repeatSubmission, type SubmittedFields } from './repeat-submission.js';

const action = 'credential.submit';

export interface SubmitCredentialInput extends SubmittedFields {
  readonly caller: Caller;
  readonly ticketId: string;
  readonly idempotencyKey: string | undefined;
}

/** What a new credential is stored under, and when. */
interface Place {
  readonly id: string;
  readonly kekId: string;
  readonly number: number;
  readonly submittedAt: Date;
}

/**
 * Stores a credential under a live ticket. The gate exists before `tickets` is asked, and
 * the credential is bound to the phase of the answer: whichever of submit and end commits
 * first, the foreign key decides the race.
 */
export class SubmitCredential {
  constructor(
    private readonly access: AccessByStanding,
    private readonly live: LiveTicket,
    private readonly attempts: AttemptLog,
    private readonly sql: Sql,
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /**
   * @throws Problem `too-many`, `idempotency-conflict`, and what {@link LiveTicket} does
   */
  execute(input: SubmitCredentialInput): Promise<CredentialSummaryResponse> {
    const { caller, ticketId } = input;
    return this.attempts.make({ caller, action, ticketId, credentialId: null }, () =>
      this.submit(input),
    );
  }

  private async submit(input: SubmitCredentialInput): Promise<CredentialSummaryResponse> {
    const { caller, ticketId } = input;
    await ensureGate(this.sql, ticketId);
    // The route's guard has asked already, but perhaps before there was a gate: an end in
    // between would have left no trace.
    const answer = await this.access.authorizeAfresh(caller, action, ticketId);
    // Nothing will be stored, and what was stored before need not wait for the event.
    if (isEndedPhase(answer.phase)) await this.unitOfWork.run((tx) => applyAnswer(tx, answer));
    return this.live.run({ caller, action, answer }, (tx, permit) => this.store(tx, permit, input));
  }

  private async store(
    tx: Sql,
    permit: Permit,
    input: SubmitCredentialInput,
  ): Promise<CredentialSummaryResponse> {
    const { ticketId } = input;
    const id = uuidv7();
    const scope = scopeOf(input);
    const first = scope && (await claim(tx, scope, id));
    if (first && !first.first)
      return repeatSubmission(tx, this.vault, { ticketId, credentialId: first.resourceId }, input);
    const { live, kekId } = await quotaAndCurrentKey(tx, ticketId);
    requireRoomForOne(live);
    return this.insert(tx, permit, { id, kekId }, input);
  }

  private async insert(
    tx: Sql,
    permit: Permit,
    { id, kekId }: Pick<Place, 'id' | 'kekId'>,
    input: SubmitCredentialInput,
  ): Promise<CredentialSummaryResponse> {
    const { caller, ticketId } = input;
    const { at } = await appendToAccessLog(tx, ticketId, [
      { ...doneBy(caller, action), credentialId: id },
    ]);
    const place = { id, kekId, number: await nextNumber(tx, ticketId), submittedAt: at };
    const summary = await insertCredential(tx, await this.newCredential(permit, place, input));
    await fulfilRequests(tx, ticketId, at);
    await append(tx, exchanges.credential, [
      credentialActionEvent(
        'credential.submitted',
        { ticketId, credentialId: id, actorId: caller.actor.id },
        at,
      ),
    ]);
    return summary;
  }

  private async newCredential(
    { answer: { phase } }: Permit,
    { id, kekId, number, submittedAt }: Place,
    { caller: { actor }, ticketId, secret, lifetime }: SubmitCredentialInput,
  ): Promise<NewCredential> {
    return {
      boundPhase: phase,
      number,
      submittedBy: actor.id,
      submittedByName: actor.name ?? null,
      submittedAt,
      expiresAt: new Date(submittedAt.getTime() + lifetime * 1000),
      hasLink: secret.link !== null,
      ...(await this.vault.seal({ ticketId, id }, kekId, secret)),
    };
  }
}

const scopeOf = ({
  caller,
  ticketId,
  idempotencyKey: key,
}: SubmitCredentialInput): IdempotencyScope | undefined =>
  key === undefined ? undefined : { actorId: caller.actor.id, route: submitRoute, ticketId, key };
