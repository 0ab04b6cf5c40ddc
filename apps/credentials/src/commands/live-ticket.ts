import { isEndedPhase, type Standing } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type TicketAction } from '#access';
import { type Caller } from '../audit/caller.js';
import { type Gate, holdGate } from '../persistence/gates.js';
import { standingUnknown, type AccessByStanding } from '../standing/access-by-standing.js';
import { applyAnswer } from './apply-standing/apply-standing.js';

/** A remembered standing turned out older than the gate, or the gate older than the standing: ask, apply, try again. */
class GateDiffers extends Error {}

const attempts = 3;

/** Runs work on a live ticket: what holds the ticket's gate at the phase and version that permitted the work. */
export class LiveTicket {
  constructor(
    private readonly access: AccessByStanding,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs `work` in one transaction that holds the gate, so that the ticket cannot end here before it commits.
   * @param gate undefined where the ticket never had a credential
   * @throws Problem `ticket-ended`, written to the access log; `standing-unknown` when gate and answers keep contradicting each other
   */
  async run<T>(
    caller: Caller,
    action: TicketAction,
    standing: Standing,
    work: (tx: Sql, gate: Gate | undefined) => Promise<T>,
  ): Promise<T> {
    let current = standing;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (isEndedPhase(current.phase)) return this.refuseEnded(caller, action, current);
      try {
        return await this.unitOfWork.run(async (tx) => {
          const gate = await holdGate(tx, current.ticketId);
          if (gate && (gate.phase !== current.phase || gate.version > current.version)) throw new GateDiffers();
          return work(tx, gate);
        });
      } catch (error) {
        if (!(error instanceof GateDiffers)) throw error;
        current = await this.askAndApply(caller, action, current.ticketId);
      }
    }
    throw standingUnknown();
  }

  private async askAndApply(caller: Caller, action: TicketAction, ticketId: string): Promise<Standing> {
    const truth = await this.access.truth(ticketId);
    await this.access.check(caller, action, truth);
    await this.unitOfWork.run((tx) => applyAnswer(tx, truth, null));
    return truth;
  }

  async refuseEnded(caller: Caller, action: TicketAction, { ticketId }: Standing): Promise<never> {
    await this.access.logRefusal(caller, action, ticketId, { reason: 'ticket-ended' });
    throw new Problem('ticket-ended');
  }
}
