import { type AgentAccess, decide, type TicketAction } from '#access';
import { isEndedPhase, type Standing, ticketIdPattern } from '#contracts';
import { type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { type AccessEntry, appendToAccessLog } from '../audit/access-log.js';
import { type Caller, entryOf } from '../audit/caller.js';
import { readGate } from '../persistence/gates.js';
import { type StandingBook } from './standing-book.js';

export const standingUnknown = (): Problem => new Problem('standing-unknown', undefined, { headers: { 'retry-after': '2' } });

/** What a refusal is logged for; reading summaries is not. */
const loggedActions: ReadonlySet<TicketAction> = new Set([
  'credential.submit',
  'credential.reveal',
  'credential.edit',
  'credential.delete',
  'request.create',
  'request.delete',
]);

/** Decides who may do what under a ticket: permits on a remembered standing, refuses only on the truth. */
export class AccessByStanding {
  constructor(
    private readonly book: StandingBook,
    private readonly unitOfWork: UnitOfWork,
    private readonly policy: AgentAccess,
  ) {}

  /**
   * @param needsLive whether the action is only for live tickets, so that a remembered end is doubted too
   * @returns the standing that permits it
   * @throws Problem `not-found`, `forbidden`, or `standing-unknown` when the truth cannot be had
   */
  async demand(caller: Caller, action: TicketAction, ticketId: string, needsLive = false): Promise<Standing> {
    if (!ticketIdPattern.test(ticketId)) throw new Problem('not-found');
    const remembered = this.book.remembered(ticketId);
    if (remembered && this.decide(caller, action, remembered) === 'allowed' && !(needsLive && isEndedPhase(remembered.phase)))
      return remembered;
    const standing = await this.truth(ticketId);
    await this.check(caller, action, standing);
    return standing;
  }

  /** @throws Problem `not-found` or `forbidden`, written to the access log; to be called with the truth only */
  async check(caller: Caller, action: TicketAction, standing: Standing): Promise<void> {
    const decision = this.decide(caller, action, standing);
    if (decision === 'allowed') return;
    await this.logRefusal(caller, action, standing.ticketId);
    throw new Problem(decision === 'hidden' ? 'not-found' : 'forbidden');
  }

  /** @throws Problem `not-found`; `standing-unknown` where the truth cannot be had, or denies a ticket that is known here */
  async truth(ticketId: string): Promise<Standing> {
    const standing = await this.ask(ticketId);
    if (standing !== undefined) return standing;
    if ((await this.unitOfWork.run((tx) => readGate(tx, ticketId))) !== undefined) throw standingUnknown();
    throw new Problem('not-found');
  }

  /** Writes the attempt down, in a transaction of its own, since nothing else was done. */
  async logRefusal(caller: Caller, action: TicketAction, ticketId: string, extra: Partial<AccessEntry> = {}): Promise<void> {
    if (!loggedActions.has(action)) return;
    const entry = { ...entryOf(caller, action), ...extra, outcome: 'refused' as const };
    await this.unitOfWork.run((tx) => appendToAccessLog(tx, ticketId, [entry]));
  }

  private decide(caller: Caller, action: TicketAction, standing: Standing) {
    return decide(action, caller.actor, standing, this.policy);
  }

  private async ask(ticketId: string): Promise<Standing | undefined> {
    try {
      return await this.book.ask(ticketId);
    } catch {
      throw standingUnknown();
    }
  }
}
