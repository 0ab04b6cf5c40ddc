import { v7 as uuidv7 } from 'uuid';
import {
  credentialActionEvent,
  type CredentialSummaryResponse,
  exchanges,
  isEndedPhase,
} from '#contracts';
import { claim } from '#idempotency';
import { append } from '#outbox';
import { type Sql, type UnitOfWork } from '#postgres';
import { appendToAccessLog } from '../../audit/access-log.js';
import { type AttemptLog } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { type Vault } from '../../custody/vault.js';
import { requireRoomForOne } from '../../domain/credential-quota.js';
import { insertCredential, type NewCredential } from '../../persistence/summaries.js';
import { ensureGate, takeNumber } from '../../persistence/gates.js';
import { fulfilRequests } from '../../persistence/requests.js';
import { quotaAndCurrentKey } from '../../persistence/quota-and-key.js';
import { type AccessByStanding } from '../../standing/access-by-standing.js';
import { applyAnswer } from '../apply-standing/apply-standing.js';
import { type LiveTicket, type Permit } from '../live-ticket.js';
import { replay } from './replay.js';
import { type Submission } from './submission.js';

/** The place of a new credential, and the key to seal it with. */
interface Slot extends Permit {
  readonly id: string;
  readonly kekId: string;
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

  execute(
    caller: Caller,
    ticketId: string,
    submission: Submission,
  ): Promise<CredentialSummaryResponse> {
    return this.attempts.make(
      { caller, action: 'credential.submit', ticketId, credentialId: null },
      () => this.submit(caller, ticketId, submission),
    );
  }

  private async submit(
    caller: Caller,
    ticketId: string,
    submission: Submission,
  ): Promise<CredentialSummaryResponse> {
    const action = 'credential.submit';
    await ensureGate(this.sql, ticketId);
    const answer = await this.access.authorizeAfresh(caller, action, ticketId);
    // Nothing will be stored, and what was stored before need not wait for the event.
    if (isEndedPhase(answer.phase)) await this.unitOfWork.run((tx) => applyAnswer(tx, answer));
    return this.live.run({ caller, action, answer }, (tx, permit) =>
      this.store(tx, caller, permit, submission),
    );
  }

  private async store(
    tx: Sql,
    caller: Caller,
    permit: Permit,
    submission: Submission,
  ): Promise<CredentialSummaryResponse> {
    const { ticketId } = permit.answer;
    const id = uuidv7();
    const first = submission.idempotency && (await claim(tx, submission.idempotency, id));
    if (first && !first.first) return replay(tx, this.vault, ticketId, first, submission);
    const { live, kekId } = await quotaAndCurrentKey(tx, ticketId);
    requireRoomForOne(live);
    return this.insert(tx, caller, { ...permit, id, kekId }, submission);
  }

  private async insert(
    tx: Sql,
    caller: Caller,
    at: Slot,
    submission: Submission,
  ): Promise<CredentialSummaryResponse> {
    const { ticketId } = at.answer;
    const head = await appendToAccessLog(tx, ticketId, [
      { ...entryOf(caller, 'credential.submit'), credentialId: at.id },
    ]);
    await takeNumber(tx, ticketId);
    const summary = await insertCredential(tx, await this.seal(caller, at, head.at, submission));
    await fulfilRequests(tx, ticketId, head.at);
    await append(tx, exchanges.credential, [
      credentialActionEvent(
        'credential.submitted',
        { ticketId, credentialId: at.id, actorId: caller.actor.id },
        head.at,
      ),
    ]);
    return summary;
  }

  private async seal(
    { actor }: Caller,
    { answer: { ticketId, phase }, gate, id, kekId }: Slot,
    now: Date,
    { secret, lifetime }: Submission,
  ): Promise<NewCredential> {
    return {
      boundPhase: phase,
      number: gate.lastNumber + 1,
      submittedBy: actor.id,
      submittedByName: actor.name ?? null,
      submittedAt: now,
      expiresAt: new Date(now.getTime() + lifetime * 1000),
      hasLink: secret.link !== null,
      ...(await this.vault.seal({ ticketId, id }, kekId, secret)),
    };
  }
}
