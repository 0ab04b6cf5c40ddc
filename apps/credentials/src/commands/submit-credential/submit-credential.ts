import { v7 as uuidv7 } from 'uuid';
import { credentialActionEvent, type CredentialSummaryResponse, exchanges, isEndedPhase, type Standing } from '#contracts';
import { claim } from '#idempotency';
import { append } from '#outbox';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { appendToAccessLog } from '../../audit/access-log.js';
import { type Attempts } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { type Vault } from '../../custody/vault.js';
import { insertCredential, type NewCredential } from '../../persistence/credentials.js';
import { ensureGate, type Gate, takeNumber } from '../../persistence/gates.js';
import { fulfilRequests } from '../../persistence/requests.js';
import { lookForRoom } from '../../persistence/room-for-one.js';
import { standingUnknown, type AccessByStanding } from '../../standing/access-by-standing.js';
import { applyAnswer } from '../apply-standing/apply-standing.js';
import { type LiveTicket } from '../live-ticket.js';
import { replay } from './replay.js';
import { type Submission } from './submission.js';

const maxLive = 50;
const attempts = 3;

/** The place of a new credential, and the key to seal it with. */
interface Spot {
  readonly standing: Standing;
  readonly gate: Gate;
  readonly id: string;
  readonly kekId: string;
}

type Result = CredentialSummaryResponse | 'ended' | 'regressed';

/**
 * Stores a credential under a live ticket. The gate exists before `tickets` is asked, and the credential is bound to the phase of the
 * answer: whichever of submit and end commits first, the foreign key decides the race.
 */
export class SubmitCredential {
  constructor(
    private readonly access: AccessByStanding,
    private readonly live: LiveTicket,
    private readonly attempts: Attempts,
    private readonly sql: Sql,
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(caller: Caller, ticketId: string, submission: Submission): Promise<CredentialSummaryResponse> {
    return this.attempts.make({ caller, action: 'credential.submit', ticketId, credentialId: null }, () =>
      this.submit(caller, ticketId, submission),
    );
  }

  private async submit(caller: Caller, ticketId: string, submission: Submission): Promise<CredentialSummaryResponse> {
    await ensureGate(this.sql, ticketId);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const standing = await this.access.truth(ticketId);
      await this.access.check(caller, 'credential.submit', standing);
      const result = await this.unitOfWork.run((tx) => this.store(tx, caller, standing, submission));
      if (result === 'ended') return this.live.refuseEnded(caller, 'credential.submit', standing);
      if (result !== 'regressed') return result;
    }
    throw standingUnknown();
  }

  private async store(tx: Sql, caller: Caller, standing: Standing, submission: Submission): Promise<Result> {
    const applied = await applyAnswer(tx, standing);
    if (applied === undefined || applied.merge === 'regressed') return 'regressed';
    if (isEndedPhase(standing.phase)) return 'ended';
    const id = uuidv7();
    const first = submission.idempotency && (await claim(tx, submission.idempotency, id));
    if (first && !first.first) return replay(tx, this.vault, standing.ticketId, first, submission);
    const { live, kekId } = await lookForRoom(tx, standing.ticketId);
    if (live >= maxLive) throw new Problem('too-many', `A ticket holds at most ${maxLive} credentials`);
    return this.insert(tx, caller, { standing, gate: applied.gate, id, kekId }, submission);
  }

  private async insert(tx: Sql, caller: Caller, at: Spot, submission: Submission): Promise<CredentialSummaryResponse> {
    const { ticketId } = at.standing;
    const head = await appendToAccessLog(tx, ticketId, [{ ...entryOf(caller, 'credential.submit'), credentialId: at.id }]);
    await takeNumber(tx, ticketId);
    const summary = await insertCredential(tx, await this.seal(caller, at, head.at, submission));
    await fulfilRequests(tx, ticketId, head.at);
    await append(tx, exchanges.credential, [
      credentialActionEvent('credential.submitted', { ticketId, credentialId: at.id, actorId: caller.actor.id }, head.at),
    ]);
    return summary;
  }

  private async seal(
    { actor }: Caller,
    { standing, gate, id, kekId }: Spot,
    now: Date,
    { secret, lifetime }: Submission,
  ): Promise<NewCredential> {
    const { ticketId } = standing;
    return {
      boundPhase: standing.phase,
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
