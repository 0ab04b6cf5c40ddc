import { maxStandingsAsked } from '#contracts';
import { type Turn } from '#leadership';
import { type Sql } from '#postgres';
import { settleMootDoubts } from '../persistence/doubts.js';
import {
  type TicketToAskAbout,
  ticketsToAskAbout,
} from '../persistence/tickets-with-credentials.js';
import { type ApplyTruth, type Occurrence, type AppliedTruth } from './apply-truth.js';

/** The result of a pass, in tickets. */
interface Reconciliation {
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

const occurrence: Occurrence = { by: 'reconcile', reason: 'reconciled' };

const counted: Partial<Record<AppliedTruth, 'ended' | 'faults' | 'failed'>> = {
  ended: 'ended',
  fault: 'faults',
  failed: 'failed',
};

/**
 * Asks `tickets` about every ticket that has live credentials, and applies the answers:
 * an end without an event is applied here.
 */
export class Reconciler {
  constructor(
    private readonly sql: Sql,
    private readonly truth: ApplyTruth,
  ) {}

  /**
   * One pass. Rejects if `tickets` or the database cannot be reached; the remaining
   * tickets are then unchecked.
   */
  async run(signal: AbortSignal): Promise<Turn> {
    const tally: Reconciliation = { asked: 0, credentials: 0, ended: 0, faults: 0, failed: 0 };
    let page: readonly TicketToAskAbout[] = [];
    await settleMootDoubts(this.sql);
    do {
      page = await ticketsToAskAbout(this.sql, page.at(-1)?.ticketId ?? '', maxStandingsAsked);
      await this.reconcile(page, tally, signal);
    } while (page.length === maxStandingsAsked && !signal.aborted);
    return { done: { ...tally } };
  }

  private async reconcile(
    page: readonly TicketToAskAbout[],
    tally: Reconciliation,
    signal: AbortSignal,
  ): Promise<void> {
    for await (const [{ credentials }, outcome] of this.truth.run(page, occurrence, signal)) {
      tally.asked += 1;
      tally.credentials += credentials;
      const kind = counted[outcome];
      if (kind !== undefined) tally[kind] += 1;
    }
  }
}
