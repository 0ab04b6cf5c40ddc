import { isEndedPhase, type Standing } from '#contracts';
import { type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type Attempts } from '../../audit/attempts.js';
import { type Caller, entryOf } from '../../audit/caller.js';
import { readSealed } from '../../persistence/credentials.js';
import { lockGate } from '../../persistence/gates.js';
import { type AccessByStanding } from '../../standing/access-by-standing.js';
import { destroy } from '../apply-standing/destroy.js';

/** Destroys one credential on request: the customer who submitted it withdraws it, or an agent deletes it. */
export class DeleteCredential {
  constructor(
    private readonly access: AccessByStanding,
    private readonly attempts: Attempts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute(caller: Caller, standing: Standing, credentialId: string): Promise<void> {
    return this.attempts.make({ caller, action: 'credential.delete', ticketId: standing.ticketId, credentialId }, () =>
      this.delete(caller, standing, credentialId),
    );
  }

  private async delete(caller: Caller, standing: Standing, credentialId: string): Promise<void> {
    const { ticketId, phase } = standing;
    if (isEndedPhase(phase)) throw new Problem('not-found');
    const destroyed = await this.unitOfWork.run(async (tx) => {
      const gate = await lockGate(tx, ticketId);
      const stored = await readSealed(tx, ticketId, credentialId);
      if (gate === undefined || stored === undefined) throw new Problem('not-found');
      if (!this.access.mayDelete(caller, standing, stored.submittedBy)) return undefined;
      const reason = stored.submittedBy === caller.actor.id ? 'withdrawn' : 'deleted';
      return destroy(tx, {
        ticketId,
        credentials: { id: credentialId },
        phase: gate.phase,
        reason,
        triggerId: caller.requestId,
        actor: entryOf(caller, 'credential.delete'),
      });
    });
    if (destroyed !== undefined) return;
    await this.access.logRefusal(caller, 'credential.delete', ticketId, { credentialId });
    throw new Problem('forbidden');
  }
}
