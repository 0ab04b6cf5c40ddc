import { maxStandingsAsked } from '#contracts';
import { type Turn } from '#leadership';
import { isDatabaseUnavailable, type Sql, type UnitOfWork } from '#postgres';
import { applyAnswer } from '../commands/apply-standing/apply-standing.js';
import { type DestructionFailures } from '../commands/apply-standing/destruction-failures.js';
import { mergeAnswer } from '../domain/merge.js';
import { settleDoubt } from '../persistence/doubts.js';
import { waitBriefly } from '../persistence/gates.js';
import { type LiveTicketRow, ticketsToAskAbout } from '../persistence/tickets-with-credentials.js';
import { type StandingAlarm } from '../standing/standing-alarm.js';
import { type Answer, type StandingBook } from '../standing/standing-book.js';
import { StandingFault } from '../standing/standing-fault.js';

/** The result of a pass, in tickets. */
export interface Reconciliation {
  asked: number;
  /** Live credentials of theirs. */
  credentials: number;
  /** Ended, but still with credentials, since their event had not been applied. */
  ended: number;
  /** In doubt, since the answer was a fault. */
  faults: number;
  /** Failed; the next pass finds them again. */
  failed: number;
}

/**
 * Asks `tickets` about every ticket that has live credentials, and applies the answers: an end without an event is applied here. Several at
 * once do no harm, since each ticket is changed under its gate's lock.
 */
export class Reconciler {
  constructor(
    private readonly sql: Sql,
    private readonly unitOfWork: UnitOfWork,
    private readonly book: StandingBook,
    private readonly alarm: StandingAlarm,
    private readonly failures: DestructionFailures,
  ) {}

  /** One pass. Rejects if `tickets` or the database cannot be reached; the remaining tickets are then unchecked. */
  async run(signal: AbortSignal): Promise<Turn> {
    const tally: Reconciliation = { asked: 0, credentials: 0, ended: 0, faults: 0, failed: 0 };
    let page: readonly LiveTicketRow[] = [];
    do {
      page = await ticketsToAskAbout(this.sql, page.at(-1)?.ticketId ?? '', maxStandingsAsked);
      await this.reconcile(page, tally, signal);
    } while (page.length === maxStandingsAsked && !signal.aborted);
    return { done: { ...tally } };
  }

  private async reconcile(page: readonly LiveTicketRow[], tally: Reconciliation, signal: AbortSignal): Promise<void> {
    const answers = await Promise.all(page.map((ticket) => this.ask(ticket)));
    for (const [index, ticket] of page.entries()) {
      if (signal.aborted) return;
      tally.asked += 1;
      tally.credentials += ticket.credentials;
      await this.take(ticket, answers[index], tally);
    }
  }

  /** @returns the answer, or the fault in it; undefined where nobody knows the ticket */
  private async ask({ ticketId }: LiveTicketRow): Promise<Answer | StandingFault | undefined> {
    try {
      return await this.book.check(ticketId);
    } catch (error) {
      if (error instanceof StandingFault) return error;
      throw error;
    }
  }

  private async take(ticket: LiveTicketRow, answer: Answer | StandingFault | undefined, tally: Reconciliation): Promise<void> {
    if (answer instanceof StandingFault) {
      tally.faults += 1;
      await this.alarm.raise(answer);
      return;
    }
    if (ticket.doubted) await settleDoubt(this.sql, ticket.ticketId);
    if (answer === undefined || mergeAnswer(ticket, answer) === 'unchanged') return;
    if (await this.apply(answer, tally)) tally.ended += 1;
  }

  /** @returns whether credentials were destroyed */
  private async apply(answer: Answer, tally: Reconciliation): Promise<boolean> {
    try {
      const applied = await this.unitOfWork.run(async (tx) => {
        await waitBriefly(tx);
        return applyAnswer(tx, answer, { triggerId: null, reason: 'reconciled' });
      });
      return (applied?.destroyed.length ?? 0) > 0;
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      tally.failed += 1;
      this.failures.count('reconcile', answer.ticketId, error);
      return false;
    }
  }
}
