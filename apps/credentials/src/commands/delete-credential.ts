import { uuidPattern } from '#contracts';
import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { type AttemptLog } from '../audit/attempts.js';
import { type Caller, doneBy } from '../audit/caller.js';
import { readSealed } from '../persistence/credentials.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { destroy } from './destroy.js';
import { type WhileLive, type Permit } from './while-live.js';
import { type WithdrawCredential } from './withdraw-credential.js';

const action = 'credential.delete';

interface DeleteCredentialInput {
  readonly caller: Caller;
  readonly ticketId: string;
  readonly credentialId: string;
}

/**
 * Destroys one credential on request: who submitted it withdraws it, and asks nobody; or
 * an agent who may act on the ticket deletes it.
 */
export class DeleteCredential {
  constructor(
    private readonly own: WithdrawCredential,
    private readonly live: WhileLive,
    private readonly access: AccessByStanding,
    private readonly attempts: AttemptLog,
  ) {}

  /** @throws Problem `not-found`, `forbidden`, `standing-unknown` */
  async execute(input: DeleteCredentialInput): Promise<void> {
    if (await this.own.execute(input)) return;
    const { caller, ticketId, credentialId } = input;
    const answer = await this.access.authorize(caller, action, ticketId);
    if (!uuidPattern.test(credentialId)) throw new Problem('not-found');
    await this.deleteOthers(caller, answer, credentialId);
  }

  private deleteOthers(
    caller: Caller,
    answer: LeasedStanding,
    credentialId: string,
  ): Promise<void> {
    const { ticketId } = answer;
    return this.attempts.make({ caller, action, ticketId, credentialId }, async () => {
      const outcome = await this.live.run({ caller, action, answer }, (tx, permit) =>
        this.delete(tx, caller, permit, credentialId),
      );
      if (outcome === 'destroyed') return;
      if (outcome === 'forbidden')
        await this.access.logRefusal(caller, action, ticketId, { credentialId });
      throw new Problem(outcome);
    });
  }

  /**
   * Refuses by its result: the answer that was merged into the gate is
   * kept, whatever it destroyed.
   */
  private async delete(
    tx: Sql,
    caller: Caller,
    { gate: { phase }, answer }: Permit,
    credentialId: string,
  ): Promise<'destroyed' | 'not-found' | 'forbidden'> {
    const { ticketId } = answer;
    if ((await readSealed(tx, ticketId, credentialId)) === undefined) return 'not-found';
    if (!this.access.mayDeleteOthers(caller, answer)) return 'forbidden';
    const [triggerId, actor] = [caller.requestId, doneBy(caller, action)];
    await destroy(tx, {
      ticketId,
      credentials: { ids: [credentialId] },
      phase,
      reason: 'deleted',
      triggerId,
      actor,
    });
    return 'destroyed';
  }
}
