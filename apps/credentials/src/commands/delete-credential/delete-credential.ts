import { type Sql } from '#postgres';
import { Problem } from '#problem';
import { type Attempts } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { readSealed } from '../../persistence/credentials.js';
import { type AccessByStanding } from '../../standing/access-by-standing.js';
import { type Answer } from '../../standing/standing-book.js';
import { destroy } from '../apply-standing/destroy.js';
import { type LiveTicket, type Permit } from '../live-ticket.js';

const action = 'credential.delete';

/** Destroys one credential on request: the customer who submitted it withdraws it, or an agent deletes it. */
export class DeleteCredential {
  constructor(
    private readonly live: LiveTicket,
    private readonly access: AccessByStanding,
    private readonly attempts: Attempts,
  ) {}

  execute(caller: Caller, answer: Answer, credentialId: string): Promise<void> {
    const { ticketId } = answer;
    return this.attempts.make({ caller, action, ticketId, credentialId }, async () => {
      const outcome = await this.live.run({ caller, action, answer }, (tx, permit) => this.delete(tx, caller, permit, credentialId));
      if (outcome === 'destroyed') return;
      if (outcome === 'forbidden') await this.access.logRefusal(caller, action, ticketId, { credentialId });
      throw new Problem(outcome);
    });
  }

  /** Refuses by its result: the answer that was merged into the gate is kept, whatever it destroyed. */
  private async delete(
    tx: Sql,
    caller: Caller,
    { gate: { phase }, answer }: Permit,
    credentialId: string,
  ): Promise<'destroyed' | 'not-found' | 'forbidden'> {
    const { ticketId } = answer;
    const stored = await readSealed(tx, ticketId, credentialId);
    if (stored === undefined) return 'not-found';
    if (!this.access.mayDelete(caller, answer, stored.submittedBy)) return 'forbidden';
    const reason = stored.submittedBy === caller.actor.id ? 'withdrawn' : 'deleted';
    const [triggerId, actor] = [caller.requestId, entryOf(caller, action)];
    await destroy(tx, { ticketId, credentials: { ids: [credentialId] }, phase, reason, triggerId, actor });
    return 'destroyed';
  }
}
