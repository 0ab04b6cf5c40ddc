import { type CredentialSummaryResponse, isEndedPhase } from '#contracts';
import { traceHeaders } from '#outbox';
import { type UnitOfWork } from '#postgres';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller } from '../audit/caller.js';
import { type Vault } from '../custody/vault.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { applyAnswer } from './apply-standing.js';
import { AskAgain, GateCrossed, lockAndMergeGate } from './at-the-gate.js';
import { type WhileLive, type Passed } from './while-live.js';
import { repeatSubmission, type SubmittedFields } from './repeat-submission.js';
import { type SubmitBatch } from './submit-batch.js';
import { type SubmitCommand, type Submitted } from './submit-command.js';

const action = 'credential.submit';

interface SubmitCredentialInput extends SubmittedFields {
  readonly caller: Caller;
  /** The standing that permits it, by a question that was sent since the request came. */
  readonly answer: LeasedStanding;
  readonly idempotencyKey: string | undefined;
}

/**
 * Stores a credential under a live ticket, bound to the phase of the answer: whichever of
 * submit and end commits first, the foreign key decides the race. `tickets` is asked once
 * more where the gate was not there before it was asked, since an end in between would
 * have left no trace.
 */
export class SubmitCredential {
  constructor(
    private readonly live: WhileLive,
    private readonly attempts: AttemptLog,
    private readonly batch: SubmitBatch,
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /**
   * @throws Problem `too-many`, `idempotency-conflict`, and what {@link WhileLive} does
   */
  execute(input: SubmitCredentialInput): Promise<CredentialSummaryResponse> {
    const { caller, answer } = input;
    const { ticketId } = answer;
    const headers = traceHeaders();
    return this.attempts.make({ caller, action, ticketId, credentialId: null }, async () => {
      if (isEndedPhase(answer.phase)) await this.applyEnd(answer);
      const submitted = await this.live.through({ caller, action, answer }, (permission) =>
        this.submit({ ...input, ...permission, ticketId, headers }),
      );
      return 'summary' in submitted ? submitted.summary : this.repeat(input, submitted.repeats);
    });
  }

  /**
   * Nothing will be stored, and what was stored before need not wait for the event. A
   * gate without a phase keeps none: it may be younger than the answer.
   */
  private async applyEnd(answer: LeasedStanding): Promise<void> {
    try {
      await this.unitOfWork.run((tx) => lockAndMergeGate(tx, { answer, isGateOlder: false }));
    } catch (error) {
      if (!(error instanceof AskAgain)) throw error;
    }
  }

  private async submit(command: SubmitCommand): Promise<Passed<Submitted>> {
    try {
      return await this.batch.submit(command);
    } catch (error) {
      if (!(error instanceof GateCrossed)) throw error;
      await this.unitOfWork.run((tx) => applyAnswer(tx, command.answer));
      return this.batch.submit(command);
    }
  }

  private repeat(
    { caller, answer, ...fields }: SubmitCredentialInput,
    credentialId: string,
  ): Promise<CredentialSummaryResponse> {
    const { ticketId } = answer;
    return this.live.run({ caller, action, answer }, (tx) =>
      repeatSubmission(tx, this.vault, { ticketId, credentialId }, fields),
    );
  }
}
