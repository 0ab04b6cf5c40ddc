import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { maxStandingsAsked, type Standing } from '#contracts';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { isBelow, type GateState } from '../domain/gate.js';
import { type FaultKind, StandingFault } from '../domain/standing-fault.js';
import { type StandingSource } from './standing-source.js';

/**
 * An answer of `tickets`, and when it was asked: it may permit for one lease from then.
 */
export interface LeasedStanding extends Standing {
  /** Before the question was sent. */
  readonly askedAt: Moment;
}

const shortestWorkMs = 1000;

/** The gates of those tickets that have one. */
type ReadGates = (ticketIds: readonly string[]) => Promise<ReadonlyMap<string, GateState>>;

/** An answer, and the gate that it is compared with. */
interface ComparedAnswer {
  /** Or why there is none: `unknown`, or `unreadable`. */
  readonly standing: LeasedStanding | FaultKind;
  readonly gate: GateState | undefined;
}

/** A question without an answer yet; something newer may arrive meanwhile. */
interface Asking {
  readonly ticketId: string;
  overtaken: boolean;
}

/**
 * Asks `tickets`, and caches an answer for one lease. Concurrent questions are batched
 * into one request. Every answer is compared with the gate, which is read at the same
 * time. A cached answer may only permit: before a refusal, ask.
 */
export class StandingCache {
  private readonly leases = new LRUCache<string, LeasedStanding>({ max: 10_000 });
  private readonly underWay = new Set<Asking>();
  private readonly questions: DataLoader<string, ComparedAnswer>;

  /** @param leaseMs counted from before the question was sent; 0 caches nothing */
  constructor(
    private readonly source: StandingSource,
    private readonly readGates: ReadGates,
    private readonly leaseMs: number,
  ) {
    this.questions = new DataLoader((ids) => this.fetchMany(ids), {
      cache: false,
      maxBatchSize: maxStandingsAsked,
      // Requests that came together ask together, though each of them is a turn of its
      // own, for which DataLoader would not wait.
      batchScheduleFn: setImmediate,
    });
  }

  /**
   * A fresh standing, by a question that is sent after this call; cached for one lease,
   * unless `tickets` is in doubt about it itself.
   * @returns undefined if neither `tickets` nor this service knows the ticket
   * @throws StandingFault; whatever the source rejects with when it cannot be asked
   */
  async fetch(ticketId: string): Promise<LeasedStanding | undefined> {
    const asking = { ticketId, overtaken: false };
    this.underWay.add(asking);
    try {
      const answer = await this.fetchUncached(ticketId);
      if (!asking.overtaken) this.remember(ticketId, answer);
      return answer;
    } catch (error) {
      if (error instanceof StandingFault) this.leases.delete(ticketId);
      throw error;
    } finally {
      this.underWay.delete(asking);
    }
  }

  /** Like {@link fetch}, but caches nothing: for passes over all tickets. */
  async fetchUncached(ticketId: string): Promise<LeasedStanding | undefined> {
    const first = await this.questions.load(ticketId);
    if (faultOf(first.standing, first.gate) === undefined) return answerOf(first);
    // The gate was read while the question was under way, and may have been moved in
    // between. It was read before the second question.
    const { standing } = await this.questions.load(ticketId);
    const fault = faultOf(standing, first.gate);
    if (fault !== undefined) throw new StandingFault(ticketId, fault);
    return answerOf({ standing });
  }

  /** An answer that is younger than one lease. */
  cached(ticketId: string): LeasedStanding | undefined {
    const answer = this.leases.get(ticketId);
    return answer && this.isYoung(answer) ? answer : undefined;
  }

  /**
   * Whether work that an answer has permitted took too long: a lease, and a second where
   * the lease is shorter, since work takes time.
   */
  isStale({ askedAt }: LeasedStanding): boolean {
    return elapsedSince(askedAt) >= Math.max(this.leaseMs, shortestWorkMs);
  }

  /** Whether an answer may still permit. */
  private isYoung({ askedAt }: LeasedStanding): boolean {
    return elapsedSince(askedAt) < this.leaseMs;
  }

  /**
   * There is news of the ticket: what is remembered no longer counts,
   * nor does what is being asked.
   */
  forget(ticketId: string): void {
    this.leases.delete(ticketId);
    for (const asking of this.underWay) if (asking.ticketId === ticketId) asking.overtaken = true;
  }

  /** Answers may come in another order than they were asked for. */
  private remember(ticketId: string, answer: LeasedStanding | undefined): void {
    const lastAskedAt = this.leases.get(ticketId)?.askedAt.monotonic ?? 0;
    if (answer === undefined || answer.doubted) this.leases.delete(ticketId);
    else if (this.isYoung(answer) && answer.askedAt.monotonic >= lastAskedAt)
      this.leases.set(ticketId, answer);
  }

  private async fetchMany(ids: readonly string[]): Promise<ComparedAnswer[]> {
    const askedAt = thisMoment();
    const unique = [...new Set(ids)];
    const [{ items, unknown }, gates] = await Promise.all([
      this.source.standings(unique),
      this.readGates(unique),
    ]);
    const answers = new Map<string, LeasedStanding | FaultKind>(
      unknown.map((id) => [id, 'unknown']),
    );
    for (const standing of items) answers.set(standing.ticketId, { ...standing, askedAt });
    return ids.map((id) => ({ standing: answers.get(id) ?? 'unreadable', gate: gates.get(id) }));
  }
}

function faultOf(
  standing: LeasedStanding | FaultKind,
  gate: GateState | undefined,
): FaultKind | undefined {
  if (standing === 'unknown') return gate && standing;
  if (typeof standing === 'string') return standing;
  return gate && isBelow(gate, standing) ? 'regressed' : undefined;
}

const answerOf = ({ standing }: Pick<ComparedAnswer, 'standing'>): LeasedStanding | undefined =>
  typeof standing === 'string' ? undefined : standing;
