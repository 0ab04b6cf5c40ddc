import { type TicketAction } from '#access';
import { isEndedPhase } from '#contracts';
import { type Sql, type UnitOfWork } from '#postgres';
import { Problem } from '#problem';
import { elapsedSince, type Moment, thisMoment } from '#waiting';
import { type Caller } from '../audit/caller.js';
import { type GateState } from '../domain/gate.js';
import { ensureGate, type Gate, readGates } from '../persistence/gates.js';
import { type RestoreWatch } from '../restore/restore-watch.js';
import { type AccessByStanding } from '../standing/access-by-standing.js';
import { type LeasedStanding } from '../standing/standing-cache.js';
import { standingUnknown } from '../standing/standing-unknown.js';
import { applyAnswer } from './apply-standing.js';
import {
  AskAgain,
  lockAndMergeGate,
  type Permission,
  requireSame,
  shareGate,
} from './at-the-gate.js';
import { ticketLoader } from './ticket-loader.js';

/** Who wants to do what, and the answer of `tickets` that permitted it. */
export interface Visit {
  readonly caller: Caller;
  readonly action: TicketAction;
  readonly answer: LeasedStanding;
}

/** The locked gate, and the answer that permits the work now. */
export interface Permit {
  readonly gate: Gate;
  readonly answer: LeasedStanding;
}

type Work<T> = (tx: Sql, permit: Permit) => Promise<T>;

/**
 * Does the work under an answer and commits it, provided that the gate confirms the
 * answer and that this is not stale before the commit.
 * @throws AskAgain otherwise; nothing was done then
 */
type Attempt<T> = (permission: Permission) => Promise<Passed<T>>;

/** Reduces a result to what is still there. */
type Recheck<T> = (result: T) => Promise<T>;

/** The result of an attempt that succeeded. */
export interface Passed<T> {
  readonly result: T;
  readonly answer: LeasedStanding;
  /** The result was true at this moment, or later. */
  readonly trueAt: Moment;
}

const maxAttempts = 3;

/**
 * In ms, longer than a transaction and its commit usually take: after what took longer,
 * something may have changed.
 */
const usualMs = 150;

/** These number or destroy credentials, so they lock the gate; all others share it. */
const locking: ReadonlySet<TicketAction> = new Set(['credential.submit', 'credential.delete']);

/** How an action is answered after the end; 409 where it is not listed. */
const afterTheEnd: Partial<Record<TicketAction, 'not-found' | 'allowed'>> = {
  'credential.delete': 'not-found',
  'request.delete': 'allowed',
};

/**
 * Everything that is done under a live ticket goes through here: it is permitted by an
 * answer of `tickets` that is not stale, and that the gate confirms.
 */
export class WhileLive {
  /** Reads a gate without a lock, to see whether it has moved since. */
  private readonly gates: (ticketId: string) => Promise<GateState | undefined>;

  constructor(
    private readonly access: AccessByStanding,
    private readonly unitOfWork: UnitOfWork,
    private readonly sql: Sql,
    private readonly restores: RestoreWatch,
  ) {
    this.gates = ticketLoader((ids) => readGates(sql, ids));
  }

  /**
   * Runs `work` in one transaction that has locked or shared the gate, so that this
   * service cannot apply an end before it commits. If the answer is stale before the
   * commit, since the work has waited, it is asked for again, and the work is repeated
   * under the new one.
   * @throws Problem as {@link through} does
   */
  run<T>(visit: Visit, work: Work<T>): Promise<T> {
    const enter = locking.has(visit.action) ? lockAndMergeGate : shareGate;
    return this.through(visit, (permission) =>
      this.unitOfWork.run(async (tx) => {
        const { answer } = permission;
        const gate = await this.restores.readChecked(() => enter(tx, permission));
        return this.unlessStale(answer, () => work(tx, { gate, answer }));
      }),
    );
  }

  /**
   * As {@link run}, for work in a transaction of its own, which other work may share.
   * @param recheck for what is handed out. If the work or its commit had to wait, what
   *   has gone meanwhile is left out of the result: the gate is no longer locked then
   * @throws Problem `not-found`, `forbidden`, `ticket-ended`, written to the access log;
   *   `standing-unknown` when gate and answers keep contradicting each other, or
   *   everything keeps waiting for longer than a lease
   */
  async through<T>(visit: Visit, attempt: Attempt<T>, recheck?: Recheck<T>): Promise<T> {
    let passed = await this.pass(visit, attempt);
    for (let count = 1; recheck !== undefined && this.hasWaited(passed); count += 1) {
      if (count > maxAttempts) throw standingUnknown();
      passed = await this.recheck(visit, passed, recheck);
    }
    return passed.result;
  }

  private recheck<T>(
    visit: Visit,
    { result, answer: permittedBy }: Passed<T>,
    recheck: Recheck<T>,
  ): Promise<Passed<T>> {
    return this.pass({ ...visit, answer: permittedBy }, async ({ answer }) => {
      requireSame(await this.gates(answer.ticketId), answer);
      return this.unlessStale(answer, () => recheck(result));
    });
  }

  /** Tries under one answer after the other, until one permits it. */
  private async pass<T>(visit: Visit, attempt: Attempt<T>): Promise<Passed<T>> {
    let permission: Permission = { answer: visit.answer, isGateOlder: false };
    for (let count = 1; count <= maxAttempts; count += 1) {
      if (isEndedPhase(permission.answer.phase)) await this.requireAllowedAfterEnd(visit);
      try {
        return await attempt(permission);
      } catch (error) {
        if (!(error instanceof AskAgain)) throw error;
        permission = { answer: await this.askAndApply(visit), isGateOlder: true };
      }
    }
    throw standingUnknown();
  }

  /**
   * @throws AskAgain if the answer has become stale meanwhile, so that the transaction
   *   is rolled back
   */
  private async unlessStale<T>(answer: LeasedStanding, work: () => Promise<T>): Promise<Passed<T>> {
    const trueAt = thisMoment();
    const result = await work();
    if (this.access.isStale(answer)) throw new AskAgain();
    return { result, answer, trueAt };
  }

  private hasWaited({ answer, trueAt }: Passed<unknown>): boolean {
    return this.access.isStale(answer) || elapsedSince(trueAt) > usualMs;
  }

  /**
   * Makes the gate before it asks, so that an end in between is recorded there. Where the
   * attempt itself merges the answer into the gate, only an end is applied here, since
   * there will be no attempt then.
   */
  private async askAndApply({
    caller,
    action,
    answer: { ticketId },
  }: Visit): Promise<LeasedStanding> {
    await ensureGate(this.sql, ticketId);
    const truth = await this.access.authorizeAfresh(caller, action, ticketId);
    if (!locking.has(action) || isEndedPhase(truth.phase))
      await this.unitOfWork.run((tx) => applyAnswer(tx, truth));
    return truth;
  }

  private async requireAllowedAfterEnd({
    caller,
    action,
    answer: { ticketId },
  }: Visit): Promise<void> {
    const code = afterTheEnd[action] ?? 'ticket-ended';
    if (code === 'allowed') return;
    if (code === 'ticket-ended')
      await this.access.logRefusal(caller, action, ticketId, { reason: code });
    throw new Problem(code);
  }
}
