import { isEndedPhase, type Standing } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type TicketAction } from '#access';
import { type Caller } from '../audit/caller.js';
import { type Gate, holdGate } from '../persistence/gates.js';
import { standingUnknown, type AccessByStanding } from '../standing/access-by-standing.js';
import { type Answer } from '../standing/standing-book.js';
import { applyAnswer } from './apply-standing/apply-standing.js';

/** The cached standing is older than the gate, or the gate older than the standing: ask, apply, retry. */
class GateDiffers extends Error {}

const attempts = 3;

/** @param gate undefined where the ticket never had a credential */
type Work<T> = (tx: Sql, gate: Gate | undefined) => Promise<T>;

/** Runs work on a live ticket, while holding its gate at the phase and version that permitted the work. */
export class LiveTicket {
  constructor(
    private readonly access: AccessByStanding,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Runs `work` in one transaction that holds the gate, so that this service cannot apply an end before it commits.
   * @throws Problem `ticket-ended`, written to the access log; `standing-unknown` when gate and answers keep contradicting each other
   */
  async run<T>(caller: Caller, action: TicketAction, standing: Answer, work: Work<T>): Promise<T> {
    return (await this.runPermitted(caller, action, standing, work)).result;
  }

  /**
   * Like {@link run}, for work whose result is sent to the caller. The transaction may wait for longer than a lease, so a standing that is
   * too old at its end is asked for again, and the result is withheld if the ticket has ended meanwhile.
   */
  async runToHandOut<T>(caller: Caller, action: TicketAction, standing: Answer, work: Work<T>): Promise<T> {
    const { result, permittedBy } = await this.runPermitted(caller, action, standing, work);
    if (!this.access.isStale(permittedBy)) return result;
    const truth = await this.access.truth(standing.ticketId);
    await this.access.check(caller, action, truth);
    if (truth.phase !== permittedBy.phase) return this.refuseEnded(caller, action, truth);
    return result;
  }

  async refuseEnded(caller: Caller, action: TicketAction, { ticketId }: Standing): Promise<never> {
    await this.access.logRefusal(caller, action, ticketId, { reason: 'ticket-ended' });
    throw new Problem('ticket-ended');
  }

  private async runPermitted<T>(
    caller: Caller,
    action: TicketAction,
    standing: Answer,
    work: Work<T>,
  ): Promise<{ result: T; permittedBy: Answer }> {
    let current = standing;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (isEndedPhase(current.phase)) return this.refuseEnded(caller, action, current);
      try {
        return { result: await this.runUnder(current, work), permittedBy: current };
      } catch (error) {
        if (!(error instanceof GateDiffers)) throw error;
        current = await this.askAndApply(caller, action, current.ticketId);
      }
    }
    throw standingUnknown();
  }

  private runUnder<T>({ ticketId, phase, version }: Answer, work: Work<T>): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      const gate = await holdGate(tx, ticketId);
      if (gate && (gate.phase !== phase || gate.version > version)) throw new GateDiffers();
      return work(tx, gate);
    });
  }

  private async askAndApply(caller: Caller, action: TicketAction, ticketId: string): Promise<Answer> {
    const truth = await this.access.truth(ticketId);
    await this.access.check(caller, action, truth);
    await this.unitOfWork.run((tx) => applyAnswer(tx, truth));
    return truth;
  }
}
