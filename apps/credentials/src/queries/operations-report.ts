import { setTimeout as sleep } from 'node:timers/promises';
import { maxStandingsAsked, type TicketStatus } from '#contracts';
import { type LastRun, lastRuns } from '#leadership';
import { type Sql } from '#postgres';
import { type DatabaseDoubt, readDatabaseDoubt } from '../persistence/database-mark.js';
import { countDoubts, type Doubt, listDoubts } from '../persistence/doubts.js';
import {
  type TicketToAskAbout,
  ticketsToAskAbout,
} from '../persistence/tickets-with-credentials.js';
import { countCredentials, countOutlived, type TicketPhase } from '../persistence/report-counts.js';
import { type LeasedStanding, type StandingCache } from '../standing/standing-cache.js';
import { type FaultKind, StandingFault } from '../domain/standing-fault.js';

/** `unasked`: tickets could not be asked. */
type ReportedStanding = TicketStatus | FaultKind | 'unasked';

/**
 * The state of stored credentials and of destruction; numbers count
 * credentials unless stated otherwise.
 */
export interface OperationsReport {
  readonly at: Date;
  readonly live: number;
  readonly oldest: Date | null;
  /** By the present status of their tickets; zeros are left out. */
  readonly byStanding: Readonly<Partial<Record<ReportedStanding, number>>>;
  /**
   * Still stored more than one lease after their ticket ended,
   * reopened or not. Must be 0.
   */
  readonly outlived: number;
  /** Still stored more than a minute after they expired. Must be 0. */
  readonly overdue: number;
  /** Tickets whose last attempt at destruction failed; it is retried. */
  readonly failedDestructions: number;
  /** The number of tickets in doubt, and those longest in doubt. */
  readonly inDoubt: { readonly tickets: number; readonly longest: readonly Doubt[] };
  /** Why the database is in doubt, which an operator has to end; null where it is not. */
  readonly databaseDoubt: DatabaseDoubt | null;
  /** What the reconciler and the sweeper did last. */
  readonly jobs: readonly LastRun[];
}

const doubtsShown = 20;

/**
 * Independent of the reconciler and the gates: asks `tickets` about the
 * ticket of every live credential.
 */
export class OperationsReporter {
  constructor(
    private readonly sql: Sql,
    private readonly standings: StandingCache,
    private readonly leaseMs: number,
    private readonly pause: (milliseconds: number) => Promise<unknown> = sleep,
  ) {}

  /**
   * Takes one request to `tickets` per 200 tickets, and one lease longer if some turn out
   * to have ended. Changes nothing.
   */
  async make(): Promise<OperationsReport> {
    const at = new Date();
    const { total, oldest, overdue } = await countCredentials(this.sql);
    const { byStanding, ended } = await this.fetchMany(total);
    // An end that was committed a moment ago may still be on its way.
    if (ended.length > 0) await this.pause(this.leaseMs);
    const outlived = await countOutlived(this.sql, ended);
    const jobs = await lastRuns(this.sql);
    const failedDestructions = jobs.reduce((sum, { done }) => sum + (done.failed ?? 0), 0);
    const inDoubt = {
      tickets: await countDoubts(this.sql),
      longest: await listDoubts(this.sql, doubtsShown),
    };
    const databaseDoubt = await readDatabaseDoubt(this.sql);
    return {
      at,
      live: total,
      oldest,
      byStanding,
      outlived,
      overdue,
      failedDestructions,
      inDoubt,
      databaseDoubt,
      jobs,
    };
  }

  private async fetchMany(
    total: number,
  ): Promise<{ byStanding: Partial<Record<ReportedStanding, number>>; ended: TicketPhase[] }> {
    const byStanding: Partial<Record<ReportedStanding, number>> = {};
    const ended: TicketPhase[] = [];
    const add = (standing: ReportedStanding, count: number): void => {
      if (count > 0) byStanding[standing] = (byStanding[standing] ?? 0) + count;
    };
    let left = total;
    for await (const page of this.pages()) {
      const answers = await this.ask(page);
      if (answers === undefined) break;
      for (const [index, { ticketId, phase, credentials }] of page.entries()) {
        const answer = answers[index];
        left -= credentials;
        add(typeof answer === 'object' ? answer.status : (answer ?? 'unknown'), credentials);
        if (typeof answer === 'object' && answer.phase > phase)
          ended.push({ ticketId, phase: answer.phase });
      }
    }
    add('unasked', left);
    return { byStanding, ended };
  }

  private async *pages(): AsyncGenerator<readonly TicketToAskAbout[]> {
    let page: readonly TicketToAskAbout[] = [];
    do {
      page = await ticketsToAskAbout(this.sql, page.at(-1)?.ticketId ?? '', maxStandingsAsked);
      yield page;
    } while (page.length === maxStandingsAsked);
  }

  /** @returns undefined where tickets cannot be asked */
  private async ask(
    page: readonly TicketToAskAbout[],
  ): Promise<(LeasedStanding | FaultKind | undefined)[] | undefined> {
    const asked = page.map(({ ticketId }) => this.standings.fetchUncached(ticketId).catch(faultOf));
    return Promise.all(asked).catch(() => undefined);
  }
}

function faultOf(error: unknown): FaultKind {
  if (error instanceof StandingFault) return error.kind;
  throw error;
}
