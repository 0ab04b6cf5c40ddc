import { isDatabaseUnavailable, type Sql } from '#postgres';
import { type ApplyBatch } from '../commands/apply-batch.js';
import { type Cause } from '../commands/apply-standing.js';
import { type Destroyer, type DestructionFailures } from '../commands/destruction-failures.js';
import { type GateState, mergeAnswer } from '../domain/gate.js';
import { settleDoubt } from '../persistence/doubts.js';
import { type StandingAlarm } from '../standing/standing-alarm.js';
import { type LeasedStanding, type StandingCache } from '../standing/standing-cache.js';
import { notUnderstood, StandingFault } from '../domain/standing-fault.js';

/** A ticket to ask about, and what its gate knows. */
export interface TicketToAsk extends GateState {
  readonly ticketId: string;
  /** Before it is asked: an answer that is older than the gate must not be its first. */
  readonly hasGate: boolean;
  readonly doubted: boolean;
}

/**
 * What came of a ticket. `ended`: credentials were destroyed. `applied`: something
 * else was news. `fault`: the answer was one, so that the ticket is in doubt.
 * `failed`: to be tried again.
 */
export type AppliedTruth = 'unchanged' | 'applied' | 'ended' | 'fault' | 'failed';

/** Who asks, and what is written where credentials are destroyed. */
export interface Occurrence {
  readonly by: Destroyer;
  readonly reason: Cause['reason'];
}

/** Answers that are applied in one batch. */
const atOnce = 64;

/**
 * Asks `tickets` about many tickets, and applies the answers. Several at once do no harm,
 * since each ticket is changed under its gate's lock.
 */
export class ApplyTruth {
  constructor(
    private readonly sql: Sql,
    private readonly batch: ApplyBatch,
    private readonly standings: StandingCache,
    private readonly alarm: StandingAlarm,
    private readonly failures: DestructionFailures,
  ) {}

  /**
   * A limited number at once; ends early when `stopping` aborts. Rejects if `tickets` or
   * the database cannot be reached; the rest is not checked then.
   */
  async *run<T extends TicketToAsk>(
    tickets: readonly T[],
    occurrence: Occurrence,
    signal: AbortSignal,
  ): AsyncGenerator<[T, AppliedTruth]> {
    const answers = await Promise.all(tickets.map((ticket) => this.ask(ticket)));
    for (let start = 0; start < tickets.length && !signal.aborted; start += atOnce) {
      const some = tickets.slice(start, start + atOnce);
      const taken = await Promise.all(
        some.map((ticket, at) => this.take(ticket, answers[start + at], occurrence)),
      );
      for (const [at, ticket] of some.entries()) yield [ticket, taken[at] ?? 'failed'];
    }
  }

  /** @returns the answer, or the fault in it; undefined where nobody knows the ticket */
  private async ask({
    ticketId,
  }: TicketToAsk): Promise<LeasedStanding | StandingFault | undefined> {
    try {
      return await this.standings.fetchUncached(ticketId);
    } catch (error) {
      if (error instanceof StandingFault) return error;
      throw error;
    }
  }

  private async take(
    ticket: TicketToAsk,
    answer: LeasedStanding | StandingFault | undefined,
    occurrence: Occurrence,
  ): Promise<AppliedTruth> {
    const fault = faultIn(answer);
    if (fault !== undefined) await this.alarm.raise(fault);
    else if (ticket.doubted) await settleDoubt(this.sql, ticket.ticketId);
    const unmoved = fault === undefined ? 'unchanged' : 'fault';
    if (
      answer instanceof StandingFault ||
      answer === undefined ||
      !ticket.hasGate ||
      mergeAnswer(ticket, answer) === 'unchanged'
    )
      return unmoved;
    const outcome = await this.apply(answer, occurrence);
    return fault !== undefined && outcome === 'applied' ? 'fault' : outcome;
  }

  private async apply(answer: LeasedStanding, { by, reason }: Occurrence): Promise<AppliedTruth> {
    try {
      const { destroyed } = await this.batch.answer(answer, { triggerId: null, reason });
      return destroyed > 0 ? 'ended' : 'applied';
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      this.failures.count(by, answer.ticketId, error);
      return 'failed';
    }
  }
}

/**
 * A doubt of `tickets` itself is one too, but what it says of phase and
 * version is true all the same.
 */
function faultIn(answer: LeasedStanding | StandingFault | undefined): StandingFault | undefined {
  if (answer instanceof StandingFault) return answer;
  return answer?.doubted ? notUnderstood(answer.ticketId) : undefined;
}
